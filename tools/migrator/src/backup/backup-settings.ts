/** What the backups of a workspace have in common; `config.ts` reads it from the environment. */
export interface BackupSettings {
  /** Absolute. In it a folder for each service, and in that one for each backup. */
  readonly folder: string;
  /** How many backups of a service stay. */
  readonly keep: number;
  /** Whether `migrate` and `migration-revert` back up what they change, unless an option says otherwise. */
  readonly beforeChanges: boolean;
  /** Where pg_dump and pg_restore are looked for, and nowhere else; without it, in PATH and in the usual places. */
  readonly programFolder?: string;
  /** What pg_dump and pg_restore get of our own environment. */
  readonly environment: Readonly<Record<string, string>>;
}
