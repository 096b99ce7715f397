/**
 * What the counterparts of a table's indexes, unique rules, checks, exclusion constraints and statistics look like. Postgres writes them, not we: on
 * an empty copy of the table everything is made as it is on the table, then the copy's columns get the names of the twins, and
 * Postgres prints the definitions anew. No name inside a literal, a function's or a type's name can be mistaken for a column's that way.
 */
import { escapeIdentifier } from 'pg';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IndexedFacts } from '../inspect/table-facts';
import { CONVERSION_SCHEMA, quotedTable } from '../names';
import type { PlainObjects } from './plain-objects';
import type { TwinColumns } from './sides';
import { indexTail, statisticsParts, type StatisticsParts } from './split-definition';

export interface TwinDefinitions {
  /** By the plain name: `USING btree (id_uuid) WHERE ...`, with its tablespace. */
  readonly indexes: ReadonlyMap<string, string>;
  /** By the plain name: `UNIQUE (...)`, `CHECK (...)`, `EXCLUDE ...`. */
  readonly constraints: ReadonlyMap<string, string>;
  readonly statistics: ReadonlyMap<string, StatisticsParts>;
}

const SCHEMA = escapeIdentifier(CONVERSION_SCHEMA);
const COPY = `${SCHEMA}."empty_copy"`;

/** Locks the table as a reader does, and for as long as a copy of its columns takes. */
export function twinDefinitions(
  database: ConversionDatabase,
  table: IndexedFacts,
  plain: PlainObjects,
  twins: TwinColumns,
): Promise<TwinDefinitions> {
  return database.transaction(async (query) => {
    await query(`SET LOCAL search_path = public`);
    await query(`DROP TABLE IF EXISTS ${COPY}`);
    await query(`CREATE TABLE ${COPY} (LIKE ${quotedTable(table.name)})`);
    await makePlain(query, plain);
    for (const [column, twin] of twins) {
      await query(`ALTER TABLE ${COPY} DROP COLUMN IF EXISTS ${escapeIdentifier(twin)}`);
      await query(
        `ALTER TABLE ${COPY} RENAME COLUMN ${escapeIdentifier(column)} TO ${escapeIdentifier(twin)}`,
      );
    }
    const definitions = await readTwins(query, plain);
    await query(`DROP TABLE ${COPY}`);
    return definitions;
  });
}

// Names on the copy: what it is, and its position among those of its kind.
const indexName = (position: number) => `empty_copy_i${position}`;
const constraintName = (position: number) => `empty_copy_c${position}`;
const statisticsName = (position: number) => `empty_copy_s${position}`;
const written = ({ uniques, checks, exclusions }: PlainObjects) => [...uniques, ...checks, ...exclusions];

async function makePlain(query: Query, plain: PlainObjects): Promise<void> {
  for (const [position, { definition, unique }] of plain.indexes.entries()) {
    const kind = unique ? 'UNIQUE INDEX' : 'INDEX';
    await query(`CREATE ${kind} ${indexName(position)} ON ${COPY} ${indexTail(definition)}`);
  }
  for (const [position, { definition }] of written(plain).entries()) {
    await query(`ALTER TABLE ${COPY} ADD CONSTRAINT ${constraintName(position)} ${definition}`);
  }
  for (const [position, { definition }] of plain.statistics.entries()) {
    const { kinds, columns } = statisticsParts(definition);
    await query(
      `CREATE STATISTICS ${SCHEMA}.${statisticsName(position)} ${kinds} ON ${columns} FROM ${COPY}`,
    );
  }
}

async function readTwins(query: Query, plain: PlainObjects): Promise<TwinDefinitions> {
  const copies = await query<{ name: string; definition: string; predicate: string | null }>(
    `SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition, pg_get_expr(i.indpred, i.indrelid) AS predicate
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = $1::regclass
     UNION ALL
     SELECT conname, pg_get_constraintdef(oid), NULL FROM pg_constraint WHERE conrelid = $1::regclass
     UNION ALL
     SELECT stxname, pg_get_statisticsobjdef(oid), NULL FROM pg_statistic_ext WHERE stxrelid = $1::regclass`,
    [COPY],
  );
  // A constraint comes after the index that it has the name of, so it is the one that stays.
  const byName = new Map(copies.map((copy) => [copy.name, copy]));
  const copied = (name: string) => byName.get(name)!;
  return {
    indexes: new Map(
      plain.indexes.map(({ name, tablespace }, position) => {
        const { definition, predicate } = copied(indexName(position));
        return [name, inTablespace(indexTail(definition), predicate, tablespace)] as const;
      }),
    ),
    constraints: new Map(
      written(plain).map(
        ({ name }, position) => [name, copied(constraintName(position)).definition] as const,
      ),
    ),
    statistics: new Map(
      plain.statistics.map(
        ({ name }, position) => [name, statisticsParts(copied(statisticsName(position)).definition)] as const,
      ),
    ),
  };
}

/** Postgres leaves the tablespace out; its place is before the predicate. */
function inTablespace(tail: string, predicate: string | null, tablespace: string | null): string {
  if (tablespace === null) return tail;
  const where = predicate === null ? '' : ` WHERE ${predicate}`;
  return `${tail.slice(0, tail.length - where.length)} TABLESPACE ${tablespace}${where}`;
}
