/** What a backup says of itself, in its `manifest.json`. It holds no URL and no secret. */

/** The rows of one table, as a comparison needs them. */
export interface TableFacts {
  readonly rows: number;
  /** Of the rows in any order; empty where rows were only counted. */
  readonly checksum: string;
}

/** By `qualifiedName`. */
export type TablesFacts = Readonly<Record<string, TableFacts>>;

/**
 * `pg_dump`: a dump in directory format in the backup's folder.
 * `template`: a database on the server of the original, made with CREATE DATABASE ... TEMPLATE.
 */
export type BackupKind = 'pg_dump' | 'template';

export interface BackupManifest {
  readonly id: string;
  readonly service: string;
  /** The database that it is a backup of, and its server: `127.0.0.1:5432/user_service`. */
  readonly origin: string;
  readonly serverVersion: string;
  readonly kind: BackupKind;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** `user@host` */
  readonly createdBy: string;
  readonly reason: 'migrate' | 'revert' | 'rehearse' | 'asked';
  readonly durationMs: number;
  /** Of the dump's files, or of the clone on its server's disk. */
  readonly bytes: number;
  readonly tables: TablesFacts;
  /** The names of the migrations that were applied, in the order of application. */
  readonly migrations: readonly string[];
  /** How CREATE DATABASE makes one that sorts and compares as the original does. */
  readonly locale: DatabaseLocale;
  /** Of the kind `template`: the clone's name. */
  readonly clone?: string;
  /** When it was last restored and found to be whole; ISO 8601, UTC. */
  readonly verifiedAt?: string;
}

export interface DatabaseLocale {
  readonly encoding: string;
  readonly collate: string;
  readonly ctype: string;
  /** `c` (libc), `i` (ICU) or `b` (builtin), as in pg_database. */
  readonly provider: string;
  /** Of the providers other than libc. */
  readonly locale: string | null;
}

/** All rows of all tables. */
export function totalRows(tables: TablesFacts): number {
  return Object.values(tables).reduce((sum, { rows }) => sum + rows, 0);
}
