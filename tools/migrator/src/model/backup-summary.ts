/** Backups as reports tell of them; what a backup is made of is the room `backup`'s. */

/** One backup, as a report carries it. */
export interface BackupSummary {
  readonly service: string;
  readonly id: string;
  readonly kind: 'pg_dump' | 'template';
  readonly bytes: number;
  readonly durationMs: number;
}

/** A backup that a dry run announces. */
export interface PlannedBackup {
  readonly service: string;
  readonly database: string;
  /** In words. */
  readonly how: string;
  /** Why it cannot be taken as things are, and what to do. */
  readonly obstacle?: string;
}
