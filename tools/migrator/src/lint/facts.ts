/** Everything the rules look at, read before any of them runs. */
import type { Catalog } from '../catalog/catalog';
import type { Migration } from '../model';
import type { MigrationTrace } from '../trace/migration-trace';
import type { Finding, Severity } from './finding';
import type { SquawkReport } from './run-squawk';

/** One migration that ran in a scratch database with synthetic rows. */
export interface MigrationFacts {
  readonly migration: Migration;
  readonly trace: MigrationTrace;
  /** The schema after it. */
  readonly after: Catalog;
  readonly squawk: readonly SquawkReport[];
  /** Why it did not run while rows were there; null when it did. */
  readonly refusedByRows: string | null;
}

/** A column that the entities declare to hold the id of another service's row. */
export interface DeclaredReference {
  /** `qualifiedName` */
  readonly table: string;
  readonly column: string;
  readonly targetService: string;
  readonly targetTable: string;
}

/** A service's entities, without their columns. */
export interface EntityFacts {
  /** Tables by `qualifiedName`, with the entity's class, which tells a shared class from one of the same name. */
  readonly tables: ReadonlyMap<string, unknown>;
  readonly references: readonly DeclaredReference[];
}

export interface ServiceFacts {
  readonly service: string;
  /** Every migration that a new database runs, in order. */
  readonly migrations: readonly MigrationFacts[];
  /** Null when the service has no entities. */
  readonly entities: EntityFacts | null;
  /** Entities of the other services, by service. */
  readonly others: ReadonlyMap<string, EntityFacts>;
  /** Whether a `dependsOn` names a migration that there is. */
  readonly isKnown: (reference: string) => boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One danger: how to find it, what it does, what to do instead. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  find(facts: ServiceFacts): readonly Found[];
}

/** A finding without what the rule and the migration say themselves. */
export interface Found {
  readonly in: MigrationFacts;
  /** Index of the statement in question. */
  readonly statement?: number;
  readonly subject?: string;
  readonly message: string;
  readonly fix: string;
}

export function findingOf(
  rule: { readonly id: string; readonly severity: Severity },
  { in: { migration, trace }, statement, subject, message, fix }: Found,
): Finding {
  return {
    rule: rule.id,
    severity: rule.severity,
    service: migration.service,
    migration: migration.name,
    file: migration.file,
    line: statement === undefined ? null : (trace.lines[statement] ?? null),
    statement: statement === undefined ? null : (trace.statements[statement] ?? null),
    subject: subject ?? null,
    message,
    fix,
  };
}

/**
 * The migration since which something has been so without a break, up to the last one; undefined when it is not so now.
 */
export function since(
  { migrations }: ServiceFacts,
  isSo: (catalog: Catalog) => boolean,
): MigrationFacts | undefined {
  let found: MigrationFacts | undefined;
  for (const facts of [...migrations].reverse()) {
    if (!isSo(facts.after)) break;
    found = facts;
  }
  return found;
}
