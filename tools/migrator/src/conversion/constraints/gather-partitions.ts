/**
 * Counterparts of a partitioned table. Postgres has none of the ways to make one while the table is in use: no CREATE INDEX CONCURRENTLY,
 * no UNIQUE USING INDEX, and before 18 no foreign key that is NOT VALID. So every partition gets its own first, as any table does, and
 * then, from the lowest level up, the partitioned table gathers those of its partitions in a moment: nothing is read.
 *
 *   index, unique rule   ON ONLY the parent, and ATTACH PARTITION of each: valid when the transaction ends
 *   foreign key          ADD CONSTRAINT, which adopts those of the partitions that are the same and proven
 *
 * No partition comes or goes while the parent is locked. One that has come before that, and has no counterpart yet, is told, and nothing is
 * done; one that comes after it gets all from its parent, with names that Postgres chooses: see take-names.ts.
 *
 * https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE
 */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Query } from '../../pg/query';
import type { ConstraintFacts, IndexFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import { withLock } from '../with-lock';
import type { Counterparts } from './counterparts';
import { constraintState, indexState } from './live-objects';
import { counterpartName } from './sides';

/** The last: one has come that has none yet. */
export type Gathering = 'was there' | 'made' | 'a partition lacks it';

/** @param tail from USING on */
export function gatherIndex(counterparts: Counterparts, index: IndexFacts, tail: string): Promise<Gathering> {
  const { table, shape } = counterparts;
  const name = escapeIdentifier(counterpartName(index.name, shape));
  const kind = index.unique ? 'UNIQUE INDEX' : 'INDEX';
  return gather(counterparts, index.name, 'SHARE', [
    `CREATE ${kind} ${name} ON ONLY ${quotedTable(table.name)} ${tail}`,
    ...(index.comment === null
      ? []
      : [`COMMENT ON INDEX ${escapeIdentifier(table.schema)}.${name} IS ${escapeLiteral(index.comment)}`]),
  ]);
}

/** @param definition `UNIQUE (...)` */
export function gatherUnique(
  counterparts: Counterparts,
  unique: ConstraintFacts,
  definition: string,
): Promise<Gathering> {
  const { table, shape } = counterparts;
  const [relation, name] = [quotedTable(table.name), escapeIdentifier(counterpartName(unique.name, shape))];
  return gather(counterparts, unique.name, 'ACCESS EXCLUSIVE', [
    `ALTER TABLE ONLY ${relation} ADD CONSTRAINT ${name} ${definition}`,
    ...commentOnConstraint(unique, name, relation),
  ]);
}

async function gather(
  { database, conversion, table, shape }: Counterparts,
  plain: string,
  lock: 'SHARE' | 'ACCESS EXCLUSIVE',
  create: readonly string[],
): Promise<Gathering> {
  const twin = counterpartName(plain, shape);
  if ((await indexState(database.query, table.name, twin)) === 'valid') return 'was there';
  const inSchema = (schema: string, name: string) => `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
  const work = { conversion: conversion.name, what: `${table.name}: ${twin}, of its partitions` };
  return withLock(database, work, async (query) => {
    await query(`LOCK TABLE ONLY ${quotedTable(table.name)} IN ${lock} MODE`);
    const parts = await indexesOfParts(query, table.name, inSchema(table.schema, plain));
    const twins = parts.map((part) => ({ ...part, twin: part.plain && counterpartName(part.plain, shape) }));
    if (twins.some((part) => part.twin === null || !part.free.includes(part.twin)))
      return 'a partition lacks it';
    const attach = twins.map(
      (part) =>
        `ALTER INDEX ${inSchema(table.schema, twin)} ATTACH PARTITION ${inSchema(part.schema, part.twin!)}`,
    );
    await query([...create, ...attach].join(';\n'));
    return 'made';
  });
}

interface PartIndexes {
  readonly schema: string;
  /** The one that is a part of the parent's. */
  readonly plain: string | null;
  /** Those that are valid and a part of no other. */
  readonly free: readonly string[];
}

/** Of each partition of the next level. @param index the parent's, quoted */
function indexesOfParts(query: Query, table: string, index: string): Promise<PartIndexes[]> {
  return query<PartIndexes>(
    `SELECT n.nspname AS schema,
            (SELECT ic.relname FROM pg_inherits ih JOIN pg_index i ON i.indexrelid = ih.inhrelid
               JOIN pg_class ic ON ic.oid = i.indexrelid WHERE ih.inhparent = $2::regclass AND i.indrelid = c.oid) AS plain,
            ARRAY(SELECT ic.relname::text FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
                   WHERE i.indrelid = c.oid AND i.indisvalid AND NOT ic.relispartition) AS free
       FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE h.inhparent = $1::regclass`,
    [quotedTable(table), index],
  );
}

/**
 * Of the whole table; its partitions of all levels have theirs from it. Adopting takes triggers away from the table that it points at,
 * which nobody may read meanwhile.
 */
export async function gatherForeignKey(
  { database, conversion, table, shape }: Counterparts,
  foreignKey: ConstraintFacts,
  definition: string,
): Promise<Gathering> {
  const twin = counterpartName(foreignKey.name, shape);
  if ((await constraintState(database.query, table.name, twin)) !== 'missing') return 'was there';
  const [relation, name] = [quotedTable(table.name), escapeIdentifier(twin)];
  const work = { conversion: conversion.name, what: `${table.name}: ${twin}, of its partitions` };
  return withLock(database, work, async (query) => {
    await query(`LOCK TABLE ${relation} IN SHARE ROW EXCLUSIVE MODE`);
    const parts = await foreignKeysOfParts(query, table.name, foreignKey.name);
    const lacksOne = parts.some(
      ({ plain, proven }) => plain === null || !proven.includes(counterpartName(plain, shape)),
    );
    if (lacksOne) return 'a partition lacks it';
    const statements = [
      `LOCK TABLE ${quotedTable(foreignKey.references!.table)} IN ACCESS EXCLUSIVE MODE`,
      `ALTER TABLE ${relation} ADD CONSTRAINT ${name} ${definition}`,
      ...commentOnConstraint(foreignKey, name, relation),
    ];
    await query(statements.join(';\n'));
    return 'made';
  });
}

interface PartForeignKeys {
  /** The one that comes from the table's. */
  readonly plain: string | null;
  /** Those that are proven and come from no other. */
  readonly proven: readonly string[];
}

/** Of each partition that has rows itself. */
function foreignKeysOfParts(query: Query, table: string, foreignKey: string): Promise<PartForeignKeys[]> {
  return query<PartForeignKeys>(
    `WITH RECURSIVE came AS (
       SELECT oid, conrelid, conname FROM pg_constraint WHERE conrelid = $1::regclass AND conname = $2
       UNION ALL
       SELECT k.oid, k.conrelid, k.conname FROM pg_constraint k JOIN came ON k.conparentid = came.oid
     )
     SELECT (SELECT came.conname FROM came WHERE came.conrelid = tree.relid) AS plain,
            ARRAY(SELECT k.conname::text FROM pg_constraint k
                   WHERE k.conrelid = tree.relid AND k.contype = 'f' AND k.convalidated AND k.conparentid = 0) AS proven
       FROM pg_partition_tree($1::regclass) AS tree WHERE tree.isleaf AND tree.level > 0`,
    [quotedTable(table), foreignKey],
  );
}

const commentOnConstraint = ({ comment }: ConstraintFacts, name: string, relation: string) =>
  comment === null ? [] : [`COMMENT ON CONSTRAINT ${name} ON ${relation} IS ${escapeLiteral(comment)}`];
