/**
 * The shared types of the migrator, and nothing that runs.
 *
 * `graph`, `plan` and `report` are pure and import only this file (and `errors`), so every fact that passes
 * between the rooms has its shape here. One word per idea: the one that its type has here. Backups, rehearsals and fills
 * have files of their own in the folder `model`, and come out by this one.
 */
import type { MigrationInterface } from 'typeorm';
import type { BackupSummary } from './model/backup-summary';
import type { FillReport } from './model/fill-report';

export type { BackupSummary, PlannedBackup } from './model/backup-summary';
export type { FillReport } from './model/fill-report';
export type { RehearsalReport, RehearsedLock, RehearsedStep, RowChange } from './model/rehearsal-report';

/** One service of the workspace: a project that has `src/data-source.ts`. */
export interface Service {
  /** The Nx project's name, such as `user-service`. */
  readonly name: string;
  /** The project's folder, relative to the workspace root, with forward slashes. */
  readonly root: string;
  /** Names of the services it depends on directly, sorted. */
  readonly dependsOn: readonly string[];
}

/** A migration as its file's name and content tell it, before the file is run. */
export interface MigrationFile {
  readonly service: string;
  /** The class name TypeORM records, `<Name><timestamp>`. */
  readonly name: string;
  /** Milliseconds since 1970, 13 digits: the order inside a service. */
  readonly timestamp: number;
  /** Relative to the workspace root, for messages. */
  readonly file: string;
  /** Absolute, for loading. */
  readonly path: string;
  /** Of the code without comments and formatting: 64 hexadecimal digits. */
  readonly checksum: string;
  /** The earlier migrations that this one stands for, as its class names them; empty for all but squashes. */
  readonly replaces: readonly string[];
}

/** What must be true outside the database before a gated migration may run. */
export type Gate = 'switch' | 'contract';

/** The optional static metadata of a migration class. */
export interface MigrationMetadata {
  /** Migrations of other services that come first: `training-service:AddPlayerIds`. */
  readonly dependsOn?: readonly string[];
  readonly gate?: Gate;
  /**
   * Earlier migrations of the same service that this one does the work of, all at once. A database that has none of
   * them runs this one alone; one that has some runs the others and then only records this one.
   */
  readonly replaces?: readonly string[];
  /** `false` runs the migration outside a transaction (`CREATE INDEX CONCURRENTLY` and its like). */
  readonly transaction?: boolean;
  /** Why its `down` cannot, or shall not, bring everything back: `migration-verify` then reports that and does not fail. */
  readonly irreversible?: string;
  /** Ids of rules of `migration-lint` that do not hold for it, each with the reason. */
  readonly lint?: Readonly<Record<string, string>>;
}

/** A migration's class, as a service's folder exports it. */
export interface MigrationClass extends MigrationMetadata {
  new (): MigrationInterface;
}

/** A migration that has been loaded: its file, its metadata and its class. */
export interface Migration extends MigrationFile {
  readonly dependsOn: readonly string[];
  readonly gate?: Gate;
  readonly transaction: boolean;
  readonly irreversible?: string;
  readonly lint?: Readonly<Record<string, string>>;
  readonly migrationClass: MigrationClass;
}

/** One row of what a database says was applied to it. */
export interface AppliedMigration {
  readonly name: string;
  readonly timestamp: number;
  /** The order in which it was applied: higher is later. */
  readonly position: number;
  /** Null when something other than this migrator applied it. */
  readonly checksum: string | null;
}

/** Everything a database's history tables say, read in one snapshot. */
export interface Ledger {
  readonly service: string;
  /**
   * `missing-database`, `empty` (no tables at all), `foreign` (tables, but nobody's ledger: never touched) or
   * `present`.
   */
  readonly state: 'missing-database' | 'empty' | 'foreign' | 'present';
  /** In the order in which they were applied. */
  readonly applied: readonly AppliedMigration[];
}

/** A disagreement between the folder and the ledger of one service. */
export interface Drift {
  readonly service: string;
  readonly migration: string;
  /**
   * `missing-on-disk` was applied by this migrator and its file is gone; `applied-but-unknown` was recorded by something
   * else, and no file is known for it.
   */
  readonly kind: 'edited-after-apply' | 'missing-on-disk' | 'applied-but-unknown' | 'out-of-order';
}

export type Direction = 'up' | 'down';

/** One migration of one run, and what has to end before it starts. */
export interface PlanStep {
  /** `<service>:<migration>`, unique in the plan. */
  readonly id: string;
  readonly service: string;
  readonly migration: string;
  readonly file: string;
  readonly checksum: string;
  readonly transaction: boolean;
  /** `record` changes the history alone: a squash whose replaced migrations are there. */
  readonly action: 'run' | 'record';
  readonly gate?: Gate;
  /** Ids of steps of this plan, sorted. */
  readonly waitsFor: readonly string[];
}

/** The ordered steps of one run: plain frozen JSON. What `--dry-run` prints is what `apply` runs. */
export interface Plan {
  readonly direction: Direction;
  /** Every service the run looked at, in dependency order, also those with nothing to do. */
  readonly services: readonly string[];
  readonly steps: readonly PlanStep[];
  /** Pending, asked for, and not among the steps: the gates that nobody opened. */
  readonly held: readonly HeldMigration[];
  readonly drift: readonly Drift[];
}

/** A migration that waits for its gate, and what waits with it. */
export interface HeldMigration {
  readonly id: string;
  readonly service: string;
  readonly migration: string;
  readonly gate: Gate;
  /** Ids of the migrations that cannot run before it, in order. */
  readonly holds: readonly string[];
}

export type StepStatus = 'not-run' | 'applied' | 'reverted' | 'failed' | 'skipped';

/** An error as a report carries it: no stack, no secrets. */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
}

export interface StepReport {
  readonly id: string;
  readonly service: string;
  readonly migration: string;
  readonly status: StepStatus;
  readonly durationMs: number;
  /** Lock attempts beyond the first. */
  readonly retries: number;
  /** Why it was skipped, or what failed. */
  readonly error?: ReportedError;
}

/** One run, whole however it ended: it begins with every step `not-run`. */
export interface RunReport {
  readonly direction: Direction;
  readonly dryRun: boolean;
  readonly services: readonly string[];
  readonly steps: readonly StepReport[];
  readonly held: readonly HeldMigration[];
  readonly drift: readonly Drift[];
  /** Taken before the first change; empty in a dry run. */
  readonly backups: readonly BackupSummary[];
  /** Faults of a whole service (no connection, bad source), by service. */
  readonly serviceErrors: Readonly<Record<string, ReportedError>>;
  readonly durationMs: number;
}

/** What happens during a run, for progress; the report has it all again at the end. */
export type RunEvent =
  | { readonly type: 'run-started'; readonly plan: Plan }
  | { readonly type: 'database-created'; readonly service: string; readonly database: string }
  | {
      readonly type: 'backup-started';
      readonly service: string;
      readonly database: string;
      readonly how: string;
    }
  | { readonly type: 'backup-waiting'; readonly service: string; readonly who: string }
  | { readonly type: 'backup-ended'; readonly service: string; readonly backup: BackupSummary }
  | { readonly type: 'backup-verified'; readonly service: string; readonly id: string }
  | { readonly type: 'warning'; readonly service: string; readonly message: string }
  | { readonly type: 'waiting-for-lock'; readonly service: string; readonly holder: string }
  | { readonly type: 'step-started'; readonly step: PlanStep }
  | {
      readonly type: 'step-retried';
      readonly step: PlanStep;
      readonly attempt: number;
      readonly reason: string;
      readonly pauseMs: number;
    }
  | { readonly type: 'fill-progress'; readonly service: string; readonly report: FillReport }
  | { readonly type: 'step-ended'; readonly report: StepReport }
  | { readonly type: 'service-ended'; readonly service: string };

/** How one service stands: what `migration-status` tells. */
export interface ServiceStatus {
  readonly service: string;
  readonly state: Ledger['state'] | 'error';
  readonly applied: number;
  readonly pending: readonly string[];
  readonly drift: readonly Drift[];
  /** Undefined when nobody asked, and where there is nothing to compare. */
  readonly schemaDrift?: SchemaDrift;
  readonly error?: ReportedError;
}

/** How a live schema differs from the one that the applied migrations make. */
export interface SchemaDrift {
  /** One line each. */
  readonly differences: readonly string[];
  /** Why the two could not be compared. */
  readonly notCompared?: string;
}
