/**
 * Asks Postgres whether what hangs on the converted columns has a meaning for UUIDs: empty temporary tables that have UUIDs where the
 * real ones have numbers, and on them the service's own indexes, exclusion constraints, views and policies, exactly as they are written.
 * What Postgres refuses there, it would refuse at the switch. Then the views once more, over views instead of tables, as the first
 * phase makes them for clients of either shape.
 *
 * Everything is in one transaction that is rolled back; no lock is taken that a client could wait behind.
 */
import { escapeIdentifier } from 'pg';
import { sqlstateOf } from '../../pg/sqlstate';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import { nameWithSuffix, schemaAndName } from '../names';
import type { ConversionFacts, PolicyFacts } from './facts';
import { Inspection, kindOf, type InspectedTable } from './inspection';
import { refuse, type Refusal } from './refusal';
import type { IndexFacts } from './table-facts';
import { joinPieces } from './view-query';

/** Of Postgres' error codes class 42, a statement that has no meaning, and class 0A, one that it cannot do. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const HAS_NO_MEANING = /^(42|0A)/;

/** Thrown to end the transaction with what was found. */
class TrialOver extends Error {
  override readonly name = 'TrialOver';
  constructor(readonly refusals: readonly Refusal[]) {
    super('the trial is over; its transaction is rolled back');
  }
}

/** @param facts of a database whose plain names mean numbers, and that nothing else was refused of */
export async function tryOnUuids(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
): Promise<readonly Refusal[]> {
  try {
    await database.transaction(async (query) => {
      throw new TrialOver(await new Trial(query, new Inspection(conversion, facts)).run());
    });
  } catch (error) {
    if (error instanceof TrialOver) return error.refusals;
    throw error;
  }
  return [];
}

class Trial {
  private readonly refusals: Refusal[] = [];

  constructor(
    private readonly query: Query,
    private readonly inspection: Inspection,
  ) {}

  async run(): Promise<readonly Refusal[]> {
    const { facts, tables } = this.inspection;
    // With every schema in the path, definitions name relations without one, and so find the temporary ones of the same name.
    const schemas = [
      'public',
      ...[...tables.values(), ...facts.views].map(({ schema }) => schema),
      ...facts.otherPolicies.map(({ table }) => schemaAndName(table)[0]),
    ];
    const path = [...new Set(schemas)].map(escapeIdentifier).join(', ');
    await this.query(`SET LOCAL search_path = ${path}`);
    const views = await this.definitionsOfViews();
    const policies = await this.expressionsOfPolicies();
    await this.query(`SET LOCAL search_path = pg_temp, ${path}`);

    const mayBegin = await this.attempt(`CREATE TEMPORARY TABLE id_conversion_trial ()`, (reason) =>
      refuse(
        'CONVERSION_NO_PRIVILEGE',
        'the database',
        `${facts.session.role} may not make temporary tables, in which expressions are tried on UUIDs (${reason}). GRANT TEMPORARY ON DATABASE to it.`,
      ),
    );
    if (!mayBegin) return this.refusals;
    for (const table of tables.values()) await this.makeTable(table);
    for (const table of new Set(facts.otherPolicies.map((policy) => policy.table)))
      await this.copyTable(table);
    for (const table of tables.values()) await this.tryIndexes(table);
    await this.query('SAVEPOINT tables');
    await this.tryViews(views);
    for (const policy of policies) await this.tryPolicy(policy);
    await this.query('ROLLBACK TO SAVEPOINT tables');
    if (this.refusals.length === 0) await this.tryViewsOverViews();
    return this.refusals;
  }

  /** Runs a statement whose failure is a finding. @returns whether it could be run */
  private async attempt(statement: string, finding: (reason: string) => Refusal): Promise<boolean> {
    await this.query('SAVEPOINT attempt');
    try {
      await this.query(statement);
      await this.query('RELEASE SAVEPOINT attempt');
      return true;
    } catch (error) {
      const state = sqlstateOf(error) ?? '';
      if (!HAS_NO_MEANING.test(state)) throw error;
      await this.query('ROLLBACK TO SAVEPOINT attempt');
      this.refusals.push(finding(error instanceof Error ? error.message : state));
      return false;
    }
  }

  private async makeTable({ relation, columns, twins, constraints }: InspectedTable): Promise<void> {
    const list = columns.map(({ name, type }) => {
      const twin = twins.get(name);
      return `${escapeIdentifier(name)} ${twin ? typeOfTwin(kindOf(twin), type) : type}`;
    });
    // A view that groups by a primary key may show the other columns.
    const primary = constraints.find(({ kind }) => kind === 'primary key');
    const key = primary ? [`PRIMARY KEY (${primary.columns.map(escapeIdentifier).join(', ')})`] : [];
    await this.query(
      `CREATE TEMPORARY TABLE ${escapeIdentifier(relation)} (${[...list, ...key].join(', ')})`,
    );
  }

  private async copyTable(table: string): Promise<void> {
    const [schema, relation] = schemaAndName(table).map(escapeIdentifier);
    await this.query(`CREATE TEMPORARY TABLE ${relation} (LIKE ${schema}.${relation})`);
  }

  private async tryIndexes(inspected: InspectedTable): Promise<void> {
    const { relation, constraints, twins } = inspected;
    const all = [
      ...inspected.indexes.map((index) => ({ table: inspected.name, index })),
      ...this.inspection
        .ownIndexesOfPartitions(inspected)
        .map(({ partition, index }) => ({ table: partition.name, index })),
    ];
    for (const { table, index } of all) {
      if (!index.dependsOn.some((column) => twins.has(column))) continue;
      const exclusion = constraints.find(
        ({ kind, name }) => kind === 'exclusion' && name === index.constraint,
      );
      const statement = exclusion
        ? `ALTER TABLE ${escapeIdentifier(relation)} ADD ${exclusion.definition}`
        : createIndex(relation, index);
      await this.attempt(statement, (reason) =>
        refuse(
          exclusion ? 'CONVERSION_EXCLUSION' : 'CONVERSION_INDEX',
          `${exclusion ? 'exclusion constraint' : 'index'} ${index.name} of ${table}`,
          `Postgres refuses it over UUIDs: ${reason}. Drop it first, and make one that suits UUIDs after the switch.`,
        ),
      );
    }
  }

  private async tryViews(views: readonly TriedView[]): Promise<void> {
    const refused = new Set<string>();
    for (const { name, relation, definition, reads } of views) {
      // What reads a view that was refused would be tried on the real one.
      if (Object.keys(reads).some((read) => refused.has(read))) {
        refused.add(name);
        continue;
      }
      const isFine = await this.attempt(
        `CREATE TEMPORARY VIEW ${escapeIdentifier(relation)} AS ${definition}`,
        (reason) =>
          refuse(
            'CONVERSION_VIEW',
            `view ${name}`,
            `Postgres refuses it over UUIDs: ${reason}. Change it so that it only compares ids with each other, or drop it and make one that ` +
              'suits UUIDs after the switch.',
          ),
      );
      if (!isFine) refused.add(name);
    }
  }

  /** Postgres has some things for tables alone: system columns, TABLESAMPLE, primary keys that a GROUP BY leans on. */
  private async tryViewsOverViews(): Promise<void> {
    const { facts, tables } = this.inspection;
    for (const { relation, columns } of tables.values()) {
      const [name, rows] = [relation, nameWithSuffix(relation, '_rows')].map(escapeIdentifier);
      const list = columns.map((column) => escapeIdentifier(column.name)).join(', ');
      await this.query(`ALTER TABLE ${name} RENAME TO ${rows}`);
      await this.query(`CREATE TEMPORARY VIEW ${name} AS SELECT ${list} FROM ${rows}`);
    }
    for (const { name, relation, pieces } of facts.views) {
      const query = joinPieces(pieces, (read) => `pg_temp.${escapeIdentifier(schemaAndName(read)[1])}`);
      const isFine = await this.attempt(
        `CREATE TEMPORARY VIEW ${escapeIdentifier(relation)} AS ${query}`,
        (reason) =>
          refuse(
            'CONVERSION_VIEW_OF_TABLES_ALONE',
            `view ${name}`,
            `clients of either shape have it over views of the tables, and Postgres refuses that: ${reason}. Change it so that it needs ` +
              'nothing that only tables have (system columns, TABLESAMPLE, a primary key that its GROUP BY stands for), or drop it.',
          ),
      );
      // What reads it cannot be tried.
      if (!isFine) return;
    }
  }

  private async tryPolicy({ table, name, using, check }: TriedPolicy): Promise<void> {
    const [, relation] = schemaAndName(table);
    const parts = [using === null ? '' : `USING (${using})`, check === null ? '' : `WITH CHECK (${check})`];
    await this.attempt(
      `CREATE POLICY ${escapeIdentifier(name)} ON ${escapeIdentifier(relation)} ${parts.join(' ')}`,
      (reason) =>
        refuse(
          'CONVERSION_POLICY',
          `policy ${name} of ${table}`,
          `Postgres refuses it over UUIDs: ${reason}. Change it so that it only compares ids with each other, or with what can be either ` +
            '(id::text = ...).',
        ),
    );
  }

  private async definitionsOfViews(): Promise<readonly TriedView[]> {
    const tried: TriedView[] = [];
    for (const { name, schema, relation, reads } of this.inspection.facts.views) {
      const [row] = await this.query<{ definition: string }>(
        `SELECT rtrim(pg_get_viewdef(format('%I.%I', $1::text, $2::text)::regclass), ';') AS definition`,
        [schema, relation],
      );
      tried.push({ name, relation, reads, definition: row!.definition });
    }
    return tried;
  }

  private async expressionsOfPolicies(): Promise<readonly TriedPolicy[]> {
    const { facts, tables } = this.inspection;
    const all = [...[...tables.values()].flatMap((table) => table.policies), ...facts.otherPolicies];
    const tried: TriedPolicy[] = [];
    for (const { table, name } of all) {
      const [row] = await this.query<Pick<TriedPolicy, 'using' | 'check'>>(
        `SELECT pg_get_expr(polqual, polrelid) AS using, pg_get_expr(polwithcheck, polrelid) AS check
           FROM pg_policy WHERE polrelid = format('%I.%I', $1::text, $2::text)::regclass AND polname = $3`,
        [...schemaAndName(table), name],
      );
      tried.push({ table, name, ...row! });
    }
    return tried;
  }
}

interface TriedView {
  readonly name: string;
  readonly relation: string;
  readonly definition: string;
  readonly reads: Readonly<Record<string, readonly string[]>>;
}

type TriedPolicy = Pick<PolicyFacts, 'table' | 'name' | 'using' | 'check'>;

function typeOfTwin(kind: ReturnType<typeof kindOf>, type: string): string {
  if (kind === 'column') return 'uuid';
  return kind === 'array' ? 'uuid[]' : type;
}

function createIndex(relation: string, { method, keys, predicate }: IndexFacts): string {
  const list = keys.map(({ column, expression, collation, operatorClass }) =>
    [
      column === null ? expression : escapeIdentifier(column),
      collation === null ? '' : `COLLATE ${collation}`,
      operatorClass ?? '',
    ].join(' '),
  );
  const where = predicate === null ? '' : ` WHERE ${predicate}`;
  return `CREATE INDEX ON ${escapeIdentifier(relation)} USING ${escapeIdentifier(method)} (${list.join(', ')})${where}`;
}
