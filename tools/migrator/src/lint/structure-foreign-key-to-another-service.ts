/** Each service has a database of its own: a foreign key to another service's table holds only while they share one. */
import type { Catalog, Constraint } from '../catalog/catalog';
import { since, type Rule, type ServiceFacts } from './facts';

export const foreignKeyToAnotherService: Rule = {
  id: 'structure/foreign-key-to-another-service',
  severity: 'error',
  find: (facts) => {
    const final = facts.migrations.at(-1)?.after;
    return Object.entries(final?.tables ?? {}).flatMap(([tableName, table]) =>
      Object.values(table.constraints).flatMap((key) => {
        const owner = key.kind === 'foreign key' && otherOwnerOf(facts, tableName, key);
        if (!owner) return [];
        const isSo = (catalog: Catalog) => catalog.tables[tableName]?.constraints[key.name] !== undefined;
        const found = since(facts, isSo);
        if (!found) return [];
        const column = key.columns.join(', ');
        return [
          {
            in: found,
            subject: `${tableName}.${key.columns.join(',')}`,
            message: `${tableName}.${column} has the foreign key ${key.name} to ${key.references!.table}, which is a table of ${owner}, in another database.`,
            fix:
              `Drop the foreign key and keep the column, declared on the entity:\n` +
              `@CrossServiceReference({ service: '${owner}', table: '${key.references!.table}' })\n@Column('uuid')`,
          },
        ];
      }),
    );
  },
};

/** The service that owns the rows a foreign key points at, when it is another one. */
function otherOwnerOf(facts: ServiceFacts, table: string, key: Constraint): string | undefined {
  const { entities, others } = facts;
  const target = key.references!.table;
  const declared = entities?.references.find(
    (reference) =>
      reference.targetService !== facts.service &&
      ((reference.table === table && key.columns.includes(reference.column)) ||
        reference.targetTable === target),
  );
  if (declared) return declared.targetService;
  const own = entities?.tables.get(target);
  for (const [service, { tables }] of others) {
    const theirs = tables.get(target);
    // The same class: an entity imported from another service. A table of the same name may well be its own.
    if (theirs !== undefined && (own === undefined || own === theirs)) return service;
  }
  return undefined;
}
