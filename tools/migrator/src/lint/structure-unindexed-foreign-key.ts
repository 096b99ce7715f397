/** Without an index, deleting or changing a row that others refer to reads the whole referring table, once for each row. */
import { escapeIdentifier } from 'pg';
import type { Catalog, Constraint, Index, Table } from '../catalog/catalog';
import { quotedName } from '../catalog/quoted-name';
import { since, type Rule } from './facts';
import { outsideTransaction } from './migration-snippet';

export const unindexedForeignKey: Rule = {
  id: 'structure/unindexed-foreign-key',
  severity: 'error',
  find: (facts) => {
    const final = facts.migrations.at(-1)?.after;
    return unindexedKeys(final).flatMap(({ tableName, table, key }) => {
      const isSo = (catalog: Catalog) =>
        unindexedKeys(catalog).some((other) => other.tableName === tableName && other.key.name === key.name);
      const found = since(facts, isSo);
      if (!found) return [];
      const columns = key.columns.join(', ');
      return [
        {
          in: found,
          subject: `${tableName}.${key.columns.join(',')}`,
          message:
            `${tableName}: no index begins with ${columns}, the foreign key ${key.name}. Every DELETE in ${key.references!.table} ` +
            `reads all of ${tableName}.`,
          fix: outsideTransaction(
            `CREATE INDEX CONCURRENTLY ${escapeIdentifier(`ix_${table.name}_${key.columns.join('_')}`)} ON ` +
              `${identifierOf(table)} (${key.columns.map(escapeIdentifier).join(', ')})`,
          ),
        },
      ];
    });
  },
};

interface ForeignKey {
  readonly tableName: string;
  readonly table: Table;
  readonly key: Constraint;
}

function unindexedKeys(catalog: Catalog | undefined): ForeignKey[] {
  return Object.entries(catalog?.tables ?? {}).flatMap(([tableName, table]) =>
    Object.values(table.constraints)
      .filter((key) => key.kind === 'foreign key' && !isIndexed(table, key))
      .map((key) => ({ tableName, table, key })),
  );
}

/** In any order: the key's columns are all compared with `=`. */
function isIndexed(table: Table, { columns }: Constraint): boolean {
  const owned = Object.values(table.constraints).filter(
    ({ kind }) => kind === 'primary key' || kind === 'unique',
  );
  const own = Object.values(table.indexes).filter((index) => index.valid && servesEveryKey(index, columns));
  return [...owned, ...own].some((index) => {
    const leading = index.columns.slice(0, columns.length);
    return columns.every((column) => leading.includes(column));
  });
}

/** A partial index does when all it leaves out are rows that refer to nothing. */
function servesEveryKey({ definition }: Index, columns: readonly string[]): boolean {
  const predicate = / WHERE \((.*)\)$/.exec(definition)?.[1];
  return (
    predicate === undefined ||
    columns.some((column) =>
      [column, escapeIdentifier(column)].some((name) => predicate === `${name} IS NOT NULL`),
    )
  );
}

function identifierOf(table: Table): string {
  return table.schema === 'public' ? escapeIdentifier(table.name) : quotedName(table);
}
