/** Pure: indexes that no constraint owns. Those of a table in use are built beside the work, and the old one stays until then. */
import type { Index, Table } from '../../catalog/catalog';
import { createIndex, indexBody } from '../definitions';
import { indexReplacements, type Replacement } from '../replacements';
import { loses, type SchemaChange } from '../schema-change';
import { quotedName } from '../../catalog/quoted-name';
import { nameWithSuffix, quote } from '../sql-text';
import { at, type Action } from '../steps';

export function replaceIndexes(change: SchemaChange): Action[] {
  const ofNewTables = change.newTables.flatMap(([, table]) => Object.values(table.indexes));
  return [
    ...indexReplacements(change).flatMap((replacement) => [
      ...dropOld(change, replacement),
      ...createWanted(change, replacement),
    ]),
    ...[...ofNewTables]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ definition }) => at('create index', definition)),
  ];
}

function dropOld(change: SchemaChange, { table, old, wanted, goesFirst }: Replacement<Index>): Action[] {
  if (!old) return [];
  const staysUntilReplaced = wanted && !goesFirst && change.isInUse(table.name);
  const goesWithColumn = !wanted && loses(table, old.dependsOn);
  if (staysUntilReplaced || goesWithColumn) return [];
  const how = change.mode === 'repeatable' ? 'concurrently if exists ' : '';
  return at('drop index', `drop index ${how}${indexName(table.to, old.name)}`);
}

function createWanted(change: SchemaChange, { table, old, wanted, goesFirst }: Replacement<Index>): Action[] {
  if (!wanted) return [];
  if (!change.isInUse(table.name)) return at('create index', wanted.definition);
  const isSwap = old !== undefined && !goesFirst;
  const built = isSwap ? nameWithSuffix(wanted.name, '__new') : wanted.name;
  const index = { unique: wanted.unique, body: indexBody(wanted.definition) };
  return at(
    'gradual: build index',
    // What an earlier attempt left of it is invalid, and in the way.
    `drop index concurrently if exists ${indexName(table.to, built)}`,
    createIndex(index, table.to, built, { concurrently: true }),
    ...(isSwap
      ? [
          `drop index concurrently if exists ${indexName(table.to, wanted.name)}`,
          `alter index ${indexName(table.to, built)} rename to ${quote(wanted.name)}`,
        ]
      : []),
  );
}

function indexName({ schema }: Table, name: string): string {
  return quotedName({ schema, name });
}
