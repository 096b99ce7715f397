/** What a migration may import: the types of its metadata. The verbs are reached through Nx or the command line. */
export type { Gate, MigrationClass, MigrationMetadata } from './model';
