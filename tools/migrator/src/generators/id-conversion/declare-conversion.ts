/**
 * What was asked for and what the databases say -> the declaration of each service that has a part in a conversion, checked
 * against the facts. Reads only; refuses by throwing, before anything is written.
 */
import { MigratorError } from '../../errors';
import { isOwner, type ConvertedKey, type IdConversion } from '../../conversion/declaration';
import type { ConversionDatabase } from '../../conversion/conversion-database';
import { inventoryOf, type InventoryLine } from '../../conversion/files/inventory';
import { parseReference, type ServiceReference } from '../../conversion/files/parse-reference';
import { discoverReferences } from '../../conversion/inspect/discover-references';
import { inspectConversion } from '../../conversion/inspect/inspect-conversion';
import { quotedTable } from '../../conversion/names';
import type { Query } from '../../pg/query';

export interface ConversionRequest {
  /** The owner. */
  readonly service: string;
  /** `users`, or `users.number` where the key is not the primary key. */
  readonly tables: readonly string[];
  /** As the option spells them. */
  readonly references: readonly string[];
  readonly name?: string;
}

/** One service's part, and what it will touch. */
export interface DeclaredPart {
  readonly conversion: IdConversion;
  readonly inventory: readonly InventoryLine[];
  /** What somebody has to look at; nothing stands in the way. */
  readonly cautions: readonly string[];
}

/** Runs `work` in a database of the service that has its tables: the live one, or a scratch one. */
export type InCatalog = <T>(
  service: string,
  work: (database: ConversionDatabase) => Promise<T>,
) => Promise<T>;

/**
 * The owner's part first.
 * @throws MigratorError BAD_OPTION, CONVERSION_REFUSED with every reason of every service, and what `inCatalog` throws
 */
export async function declareConversion(
  request: ConversionRequest,
  inCatalog: InCatalog,
): Promise<DeclaredPart[]> {
  const owner = request.service;
  const named = request.tables.map(tableAndColumn);
  const onlyTable = named.length === 1 ? named[0]!.table : undefined;
  const given = request.references.map((text) => parseReference(text, onlyTable));
  const name = request.name ?? nameOf(named[0]!.table);
  const keys = await inCatalog(owner, ({ query }) => keysOf(query, owner, named));
  const declare = (service: string, references: IdConversion['references']): IdConversion => ({
    ...{ name, service, owner, keys, references },
  });
  const parts: DeclaredPart[] = [];
  const refused: string[] = [];
  for (const service of [
    owner,
    ...new Set(given.map((one) => one.service).filter((other) => other !== owner)),
  ]) {
    await inCatalog(service, async (database) => {
      const conversion = declare(service, await referencesOf(database.query, declare(service, []), given));
      const { facts, refusals, cautions } = await inspectConversion(database, conversion);
      const named = (findings: readonly { readonly message: string }[]) =>
        findings.map(({ message }) => `${service}: ${message}`);
      refused.push(...named(refusals));
      parts.push({ conversion, inventory: inventoryOf(conversion, facts), cautions: named(cautions) });
    });
  }
  if (refused.length === 0) return parts;
  throw new MigratorError(
    'CONVERSION_REFUSED',
    `${name} cannot be converted as things are; nothing was written.\n${refused.map((line) => `- ${line}`).join('\n')}`,
  );
}

/** Those that were named, and the owner's foreign keys where they were not. */
async function referencesOf(
  query: Query,
  conversion: IdConversion,
  given: readonly ServiceReference[],
): Promise<IdConversion['references']> {
  const named = given
    .filter(({ service }) => service === conversion.service)
    .map(({ reference }) => reference);
  if (!isOwner(conversion)) return named;
  const found = await discoverReferences(query, conversion.keys);
  const isNamed = (one: { readonly table: string; readonly column: string }) =>
    named.some(({ table, column }) => table === one.table && column === one.column);
  return [...found.filter((reference) => !isNamed(reference)), ...named];
}

/** @throws MigratorError BAD_OPTION */
async function keysOf(
  query: Query,
  service: string,
  named: readonly { readonly table: string; readonly column?: string }[],
): Promise<ConvertedKey[]> {
  const keys: ConvertedKey[] = [];
  for (const { table, column } of named) {
    keys.push({ table, column: column ?? (await primaryKeyOf(query, service, table)) });
  }
  return keys;
}

async function primaryKeyOf(query: Query, service: string, table: string): Promise<string> {
  const columns = await query<{ name: string }>(
    `SELECT a.attname AS name FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) AS key(number)
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.number
      WHERE i.indrelid = to_regclass($1) AND i.indisprimary`,
    [quotedTable(table)],
  );
  if (columns.length === 1) return columns[0]!.name;
  const problem =
    columns.length === 0
      ? 'there is no such table, or it has no primary key'
      : `its primary key is of ${columns.length} columns, and a key that is converted is of one`;
  throw new MigratorError(
    'BAD_OPTION',
    `${service}: --table ${table}: ${problem}. Where another column is the key that others refer to, name it: --table ${table}.number`,
  );
}

/** `users.number` has a column; `club.users` has none, but what is before the dot cannot be told from a table: three parts can. */
function tableAndColumn(text: string): { readonly table: string; readonly column?: string } {
  const parts = text.split('.');
  if (parts.length > 3 || parts.some((part) => part === '')) {
    throw new MigratorError(
      'BAD_OPTION',
      `--table "${text}" is none: users, users.number or club.users.number`,
    );
  }
  if (parts.length === 3) return { table: `${parts[0]}.${parts[1]}`, column: parts[2] };
  return parts.length === 2 ? { table: parts[0]!, column: parts[1] } : { table: text };
}

/** `club.Users` -> `club-users` */
const nameOf = (table: string) =>
  table
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
