/** Tools list, check and convert the references that are declared; one that is not is forgotten by all of them. */
import type { Catalog, Column, Table } from '../catalog/catalog';
import { since, type Rule, type ServiceFacts } from './facts';

const ID_TYPES = /^(?:uuid|smallint|integer|bigint)(?:\[\])?$/;
const ID_NAME = /(?:_ids?|[a-z]Ids?)$/;

export const undeclaredReference: Rule = {
  id: 'structure/undeclared-reference',
  severity: 'error',
  find: (facts) => {
    const final = facts.migrations.at(-1)?.after;
    // Without entities there is no place for a declaration.
    if (!final || !facts.entities) return [];
    return Object.entries(final.tables).flatMap(([tableName, table]) =>
      table.columns
        .filter((column) => isReference(table, column) && !isDeclared(facts, tableName, column))
        .flatMap((column) => {
          const isSo = (catalog: Catalog) => {
            const then = catalog.tables[tableName];
            return (
              then?.columns.some((other) => other.name === column.name && isReference(then, other)) === true
            );
          };
          const found = since(facts, isSo);
          if (!found) return [];
          const subject = `${tableName}.${column.name}`;
          return [
            {
              in: found,
              subject,
              message: `${subject} looks like the id of another row, has no foreign key, and no entity declares whose id it is.`,
              fix: fixFor(subject, column),
            },
          ];
        }),
    );
  },
};

function isReference(table: Table, { name, type }: Column): boolean {
  if (!ID_TYPES.test(type) || !ID_NAME.test(name)) return false;
  return !Object.values(table.constraints).some(
    ({ kind, columns }) => kind === 'foreign key' && columns.includes(name),
  );
}

function isDeclared({ entities }: ServiceFacts, table: string, { name }: Column): boolean {
  return entities!.references.some((reference) => reference.table === table && reference.column === name);
}

function fixFor(subject: string, { name, type }: Column): string {
  const row = name.replace(/_?[iI]ds?$/, '');
  return (
    `If it is another service's row, say so on the entity:\n` +
    `@CrossServiceReference({ service: '...', table: '${row}s' })\n@Column('${type.replace('[]', '')}'${type.endsWith('[]') ? ', { array: true }' : ''})\n` +
    `If it is a row of this service, give it a foreign key. If it is neither, say what it is in the migration:\n` +
    `static lint = { 'structure/undeclared-reference(${subject})': '...' };`
  );
}
