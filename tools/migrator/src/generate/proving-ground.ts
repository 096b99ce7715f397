/**
 * A scratch database in which steps are run as the migrator runs them. Drawn rows can break a rule that is new (a unique key,
 * a check): then Postgres refuses, as it would refuse such rows of the real database, and nothing is wrong with the steps. So
 * those tables are emptied, and the steps run again; which ones is told.
 */
import { qualifiedName, type Catalog } from '../catalog/catalog';
import type { Query } from '../pg/query';
import { sqlstateOf } from '../pg/sqlstate';
import { fillColumn } from '../scratch/fill-column';
import { withSavepoints } from '../scratch/with-savepoints';
import { quotedName } from '../catalog/quoted-name';
import type { Step } from './steps';

export interface Run {
  readonly transaction: boolean;
  /** What the steps begin with. */
  readonly catalog: Catalog;
  /** What they lead to: its rules decide about the values that a backfill is given. */
  readonly target: Catalog;
}

export class ProvingGround {
  private readonly emptiedTables = new Set<string>();

  constructor(private readonly query: Query) {}

  /** By the names that they had when they were. */
  get emptied(): ReadonlySet<string> {
    return this.emptiedTables;
  }

  /** @throws what Postgres says, unless it is about rows that could be done without */
  async run(steps: readonly Step[], run: Run): Promise<void> {
    for (;;) {
      const refused = run.transaction
        ? await this.runInTransaction(steps, run)
        : await this.runAll(steps, run);
      if (!refused) return;
      await this.empty(refused, run);
    }
  }

  private async runInTransaction(steps: readonly Step[], run: Run): Promise<Refused | undefined> {
    await this.query('BEGIN');
    const refused = await this.runAll(steps, run);
    await this.query(refused ? 'ROLLBACK' : 'COMMIT');
    return refused;
  }

  /** @returns why it stopped before the end */
  private async runAll(steps: readonly Step[], { target, transaction }: Run): Promise<Refused | undefined> {
    const trying = transaction ? withSavepoints(this.query) : this.query;
    for (const step of steps) {
      try {
        if (step.kind === 'statement') await this.query(step.sql);
        else await fillColumn(trying, target, step.table, step.column);
      } catch (error) {
        const table = step.kind === 'backfill' ? step.table : tableOf(error);
        if (step.kind === 'statement' && !isAboutRows(error)) throw error;
        return { error, table };
      }
    }
    return undefined;
  }

  private async empty({ error, table }: Refused, { catalog, target }: Run): Promise<void> {
    const all = Object.keys(catalog.tables);
    const needing = table !== undefined && catalog.tables[table] ? referring([catalog, target], table) : all;
    const tables = all.filter((name) => needing.includes(name));
    const full = tables.filter((name) => !this.emptiedTables.has(name));
    if (full.length === 0) throw error;
    for (const name of full) this.emptiedTables.add(name);
    await this.query(`TRUNCATE ${tables.map((name) => quotedName(catalog.tables[name]!)).join(', ')}`);
  }
}

interface Refused {
  readonly error: unknown;
  /** Undefined where Postgres does not say. */
  readonly table: string | undefined;
}

/** Classes 22 and 23: a value, or a rule that it breaks. https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isAboutRows(error: unknown): boolean {
  return /^2[23]/.test(sqlstateOf(error) ?? '');
}

function tableOf(error: unknown): string | undefined {
  const { schema, table } = error as { schema?: string; table?: string };
  return table === undefined ? undefined : qualifiedName({ schema: schema ?? 'public', name: table });
}

/** The table and all whose rows need its rows, by the keys of before or by those that may have come since. */
function referring(catalogs: readonly Catalog[], table: string): string[] {
  const found = new Set([table]);
  const keys = catalogs.flatMap(({ tables }) =>
    Object.entries(tables).flatMap(([name, { constraints }]) =>
      Object.values(constraints).map(({ references }) => ({ name, target: references?.table })),
    ),
  );
  for (const needed of found) {
    for (const { name, target } of keys) if (target === needed) found.add(name);
  }
  return [...found];
}
