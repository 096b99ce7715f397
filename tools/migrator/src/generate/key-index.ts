/** Pure: the unique index behind a key, so that it can be built before the key is. */
import type { Constraint } from '../catalog/catalog';
import { afterColumns } from './definitions';
import { indexReplacements, isKey, type Replacement } from './replacements';
import type { SchemaChange } from './schema-change';

export interface KeyIndex {
  /** What follows the table in CREATE INDEX. */
  readonly body: string;
  /** What follows USING INDEX in ADD CONSTRAINT: when it is checked. */
  readonly rest: string;
}

/** @returns undefined for a key that no index of its own can become */
export function keyIndex(key: Constraint): KeyIndex | undefined {
  const after = afterColumns(key);
  const columns = key.definition.slice(key.definition.indexOf('('), key.definition.length - after.length);
  const [, include = '', rest = ''] = /^( INCLUDE \([^]*\))?([^]*)$/.exec(after) ?? [];
  const isPlain =
    /^( DEFERRABLE)?( INITIALLY DEFERRED)?$/.test(rest) && !columns.endsWith(' WITHOUT OVERLAPS)');
  if (!isPlain) return undefined;
  const nulls = key.definition.startsWith('UNIQUE NULLS NOT DISTINCT ') ? ' nulls not distinct' : '';
  return { body: `${columns}${include.replace(' INCLUDE ', ' include ')}${nulls}`, rest: rest.toLowerCase() };
}

/** Keys that are not there yet when the transaction ends: what refers to them has to wait. */
export interface KeysBuiltLater {
  includes(references: Constraint['references']): boolean;
}

export function keysBuiltLater(
  change: SchemaChange,
  replacements: readonly Replacement<Constraint>[],
): KeysBuiltLater {
  const later = new Set(
    [
      ...replacements.filter(({ wanted }) => wanted && isKey(wanted) && keyIndex(wanted)),
      ...indexReplacements(change).filter(({ wanted }) => wanted?.unique),
    ]
      .filter(({ table }) => change.isInUse(table.name))
      .flatMap(({ table, old, wanted }) =>
        [old, wanted].map((key) => nameOfKey(table.name, (key?.columns ?? []) as readonly string[])),
      ),
  );
  return {
    includes: (references) =>
      references !== null && later.has(nameOfKey(references.table, references.columns)),
  };
}

function nameOfKey(table: string, columns: readonly string[]): string {
  return JSON.stringify([table, ...[...columns].sort()]);
}
