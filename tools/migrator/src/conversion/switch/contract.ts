/** The contract: the columns with the numbers are dropped, and what brings them back is kept. The id map stays, and knows every number. */
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { readFacts } from '../inspect/read-facts';
import type { GrantFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import { readShape } from '../state/conversions';
import { keepStatements } from '../state/kept';
import { twinNames, twinsOf, type Twin } from '../twins';
import { withLock } from '../with-lock';
import { lockTables } from './lock-tables';
import { isDroppedWith, wayBack, type NumericColumn, type SequenceState } from './numeric-columns';

/** Where the statements of the way back are kept, see state/kept.ts. */
export const KEPT_BY_CONTRACT = { before: 'contract: columns', after: 'contract: identities' } as const;

/** Of new rows, when nobody gives them a number any more: what the platform's own tables have. */
const UUID_DEFAULT = 'gen_random_uuid()';

export interface WithinContract {
  /** Of the pairing: its triggers and functions, the views of the old shape. They run before the columns are dropped. */
  readonly before: readonly string[];
}

/**
 * Drops the columns with the numbers, and everything on them, in one short transaction. Does nothing when they are gone.
 * NOT NULL is where it shall be by now (`restoreNotNull`), and the conversion is proven (`prove`).
 * @throws MigratorError CONVERSION_INCOMPLETE before the switch; LOCK_NOT_OBTAINED
 */
export async function dropNumericColumns(
  database: ConversionDatabase,
  conversion: IdConversion,
  { before }: WithinContract,
): Promise<void> {
  const { query, service } = database;
  if ((await readShape(query, conversion.name)) !== 'uuid') {
    throw new MigratorError(
      'CONVERSION_INCOMPLETE',
      `${service}: the numbers of the conversion ${conversion.name} cannot be dropped before its switch: the plain columns still hold them. ` +
        'Apply SwitchPrimaryKeys first.',
    );
  }
  const facts = await readFacts(query, conversion);
  const found = twinsOf(conversion).flatMap((twin) => numericColumnOf(twin, facts));
  if (found.length === 0) return;
  await withLock(database, { conversion: conversion.name, what: 'the contract' }, async (locked) => {
    await locked([...before, lockTables(conversion, facts, [])].join(';\n'));
    const columns: NumericColumn[] = [];
    for (const column of found) columns.push(await withSequenceState(locked, column));
    const back = columns.map(wayBack);
    for (const when of ['before', 'after'] as const) {
      const statements = back.flatMap((way) => way[when]);
      await keepStatements(locked, conversion.name, KEPT_BY_CONTRACT[when], statements);
    }
    await locked([...dropStatements(columns, facts), ...defaultsOfKeys(columns)].join(';\n'));
  });
}

type Found = Omit<NumericColumn, 'sequence'> & {
  readonly sequence: ConversionFacts['sequences'][string] | undefined;
};

function numericColumnOf(twin: Twin, facts: ConversionFacts): readonly Found[] {
  const { numeric, uuid } = twinNames(twin, 'uuid');
  const column = facts.tables[twin.table]?.columns.find(({ name }) => name === numeric);
  if (column === undefined) return [];
  const sequence = column.sequence === null ? undefined : facts.sequences[column.sequence];
  return [{ table: twin.table, role: twin.role, column, twin: uuid, sequence }];
}

async function withSequenceState(query: Query, found: Found): Promise<NumericColumn> {
  if (found.sequence === undefined) return { ...found, sequence: undefined };
  const name = quotedTable(found.sequence.name);
  const [state] = await query<SequenceState>(
    `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM ${name}`,
  );
  const grants = await query<GrantFacts>(
    `SELECT CASE p.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(p.grantee)) END AS grantee,
            p.privilege_type AS privilege, p.is_grantable AS "isGrantable"
       FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) p WHERE c.oid = $1::regclass AND p.grantee <> c.relowner`,
    [name],
  );
  return { ...found, sequence: { ...found.sequence, ...state!, grants } };
}

function dropStatements(columns: readonly NumericColumn[], facts: ConversionFacts): readonly string[] {
  const tables = [...new Set(columns.map(({ table }) => table))];
  const namesIn = (table: string) =>
    columns.filter((each) => each.table === table).map(({ column }) => column.name);
  return [
    // Those of all tables first: a foreign key holds the index that it points at.
    ...tables.flatMap((table) =>
      (facts.tables[table]?.constraints ?? [])
        .filter(
          ({ kind, columns: own }) =>
            kind === 'foreign key' && own.some((name) => namesIn(table).includes(name)),
        )
        .map(({ name }) => `ALTER TABLE ${quotedTable(table)} DROP CONSTRAINT ${escapeIdentifier(name)}`),
    ),
    ...columns.flatMap((column) =>
      column.sequence !== undefined && column.column.identity === null && !isDroppedWith(column)
        ? [`ALTER SEQUENCE ${quotedTable(column.sequence.name)} OWNED BY NONE`]
        : [],
    ),
    ...tables.map(
      (table) =>
        `ALTER TABLE ${quotedTable(table)} ${namesIn(table)
          .map((name) => `DROP COLUMN ${escapeIdentifier(name)}`)
          .join(', ')}`,
    ),
  ];
}

/** Until now the numbers had one, and the pairing made the UUIDs of them. References have theirs already. */
const defaultsOfKeys = (columns: readonly NumericColumn[]) =>
  columns
    .filter(({ role }) => role === 'key')
    .map(
      ({ table, twin }) =>
        `ALTER TABLE ${quotedTable(table)} ALTER COLUMN ${escapeIdentifier(twin)} SET DEFAULT ${UUID_DEFAULT}`,
    );
