import type { BackupManifest } from './manifest';

/** What making a backup finds out about the rows that are in it. */
export type BackupContent = Pick<BackupManifest, 'tables' | 'migrations' | 'locale' | 'bytes'>;
