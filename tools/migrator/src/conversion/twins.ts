/**
 * Pure: a declaration -> the columns that are there twice while the conversion goes on, once with numbers and once with
 * UUIDs, and what each of the two is called.
 *
 * Which of the two has the plain name is the *shape* of the database: `numeric` until the switch, `uuid` after it. The other
 * one has the name with its own shape behind it:
 *
 *   shape numeric    id  (numbers)      id_uuid     (UUIDs)
 *   shape uuid       id  (UUIDs)        id_numeric  (numbers)
 *
 * The key columns of the owner and every column with references have such a twin. Several references may share a column:
 * two paths of one JSON document, two types of one polymorphic pair.
 */
import { nameWithSuffix } from './names';
import { isOwner, type ConvertedKey, type IdConversion, type Reference } from './declaration';

/** What the plain names mean in the schema `public` (and every other schema of the service). */
export type Shape = 'numeric' | 'uuid';

export interface KeyTwin {
  readonly role: 'key';
  readonly table: string;
  /** The plain name. */
  readonly column: string;
  readonly key: ConvertedKey;
}

export interface ReferenceTwin {
  readonly role: 'reference';
  readonly table: string;
  /** The plain name. */
  readonly column: string;
  /** At least one; all of one kind. */
  readonly references: readonly [Reference, ...Reference[]];
}

export type Twin = KeyTwin | ReferenceTwin;

/** What the column with the numbers and the one with the UUIDs are called. */
export interface TwinNames {
  readonly numeric: string;
  readonly uuid: string;
}

export function twinNames({ column }: Pick<Twin, 'column'>, shape: Shape): TwinNames {
  return shape === 'numeric'
    ? { numeric: column, uuid: nameWithSuffix(column, '_uuid') }
    : { numeric: nameWithSuffix(column, '_numeric'), uuid: column };
}

/** Keys first, then the references in the order of the declaration. */
export function twinsOf(conversion: IdConversion): readonly Twin[] {
  const keys = isOwner(conversion) ? conversion.keys : [];
  const references = new Map<string, [Reference, ...Reference[]]>();
  for (const reference of conversion.references) {
    const place = JSON.stringify([reference.table, reference.column]);
    const others = references.get(place);
    if (others) others.push(reference);
    else references.set(place, [reference]);
  }
  return [
    ...keys.map((key): KeyTwin => ({ role: 'key', table: key.table, column: key.column, key })),
    ...[...references.values()].map((list): ReferenceTwin => ({
      role: 'reference',
      table: list[0].table,
      column: list[0].column,
      references: list,
    })),
  ];
}

/** The tables that have twins, each once, with their twins. */
export function twinsByTable(conversion: IdConversion): ReadonlyMap<string, readonly Twin[]> {
  const tables = new Map<string, Twin[]>();
  for (const twin of twinsOf(conversion)) {
    tables.set(twin.table, [...(tables.get(twin.table) ?? []), twin]);
  }
  return tables;
}
