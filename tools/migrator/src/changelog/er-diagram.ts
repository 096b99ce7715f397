/**
 * Pure: a catalog -> a Mermaid entity-relationship diagram. https://mermaid.js.org/syntax/entityRelationshipDiagram.html
 *
 *   parent ||..o{ child    every child has one parent, a parent has any number of children
 *          |o              the foreign key may be null
 *             o|           the foreign key is unique: at most one child
 *            --            the foreign key is part of the child's primary key
 */
import type { Catalog, Column, Constraint, Table } from '../catalog/catalog';
import { isUnique, uniqueKeys } from './unique-keys';

export function entityRelationshipDiagram({ tables }: Catalog): string {
  const entries = Object.entries(tables);
  return [
    'erDiagram',
    ...entries.flatMap(([name, table]) => [
      `  ${entity(name)} {`,
      ...table.columns.map((column) => `    ${attribute(column, table)}`),
      '  }',
    ]),
    ...entries.flatMap(([name, table]) =>
      foreignKeysOf(table).map((foreignKey) => `  ${relation(name, table, foreignKey)}`),
    ),
  ].join('\n');
}

function foreignKeysOf({ constraints }: Table): Constraint[] {
  return Object.values(constraints).filter(({ references }) => references !== null);
}

function relation(name: string, table: Table, { columns, references }: Constraint): string {
  const primaryKey =
    Object.values(table.constraints).find(({ kind }) => kind === 'primary key')?.columns ?? [];
  const required = columns.every((column) => table.columns.find((other) => other.name === column)?.notNull);
  const parents = required ? '||' : '|o';
  const children = isUnique(table, columns) ? 'o|' : 'o{';
  const line = columns.every((column) => primaryKey.includes(column)) ? '--' : '..';
  return `${entity(references!.table)} ${parents}${line}${children} ${entity(name)} : ${quoted(columns.join(', '))}`;
}

function attribute(column: Column, table: Table): string {
  const name = word(column.name);
  const keys = keysOf(column.name, table);
  const notes = [
    ...(name === column.name ? [] : [column.name]),
    ...(column.notNull ? [] : ['null']),
    ...(column.generated === null ? [] : ['computed']),
  ];
  return [
    word(shortType(column.type)),
    name,
    ...(keys.length > 0 ? [keys.join(',')] : []),
    ...(notes.length > 0 ? [quoted(notes.join(', '))] : []),
  ].join(' ');
}

function keysOf(column: string, table: Table): string[] {
  const constraints = Object.values(table.constraints);
  const inKey = (kind: Constraint['kind']) =>
    constraints.some((constraint) => constraint.kind === kind && constraint.columns.includes(column));
  const isPrimary = inKey('primary key');
  const isUniqueAlone = uniqueKeys(table).some((key) => key.length === 1 && key[0] === column);
  const isPrimaryAlone = constraints.some(
    ({ kind, columns }) => kind === 'primary key' && columns.length === 1 && columns[0] === column,
  );
  return [
    ...(isPrimary ? ['PK'] : []),
    ...(inKey('foreign key') ? ['FK'] : []),
    ...(isUniqueAlone && !isPrimaryAlone ? ['UK'] : []),
  ];
}

/** The short names that Postgres itself takes, so that a type is one word. */
function shortType(type: string): string {
  return type
    .replace(/^(timestamp|time)(\(\d+\))? with time zone/, '$1tz$2')
    .replace(/^(timestamp|time)(\(\d+\))? without time zone/, '$1$2')
    .replace(/^character varying/, 'varchar')
    .replace(/^character\b/, 'char')
    .replace(/^bit varying/, 'varbit')
    .replace(/^double precision/, 'float8');
}

/** What Mermaid takes for a type or an attribute: letters, digits and a few signs, no space. */
function word(text: string): string {
  const legal = text.replaceAll('"', '').replace(/[^\w.,()[\]\u00C0-\uFFFF-]/g, '_');
  return /^[A-Za-z_\u00C0-\uFFFF]/.test(legal) ? legal : `_${legal}`;
}

/** Names outside the plain alphabet are quoted. */
function entity(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}

const quoted = (text: string) => `"${text.replaceAll('"', "'")}"`;
