/** Pure: a catalog -> the text of a service's SCHEMA.md: its entity-relationship diagram, and what no diagram holds. */
import type { Catalog, Index, Table } from '../catalog/catalog';
import type { Service } from '../model';
import { entityRelationshipDiagram } from './er-diagram';
import { code, codes, fenced } from './markdown';

export function renderSchema(service: Service, catalog: Catalog): string {
  const tables = Object.entries(catalog.tables);
  const blocks = [
    `# Schema of ${service.name}'s database`,
    `After all migrations; written by \`nx run ${service.name}:migration-changelog\`, changes by hand are lost. ` +
      'How it came to be: [CHANGELOG.md](CHANGELOG.md).',
    tables.length > 0 ? fenced('mermaid', entityRelationshipDiagram(catalog)) : 'No tables yet.',
    ...list(
      'Unique together',
      tables.flatMap(([name, table]) => uniqueTogether(name, table)),
    ),
    ...list(
      'Enums',
      Object.entries(catalog.enums).map(([name, { labels }]) => `${code(name)}: ${codes(labels)}`),
    ),
    ...list(
      'Views',
      Object.entries(catalog.views).map(
        ([name, { reads }]) => `${code(name)} reads ${codes(Object.keys(reads))}`,
      ),
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** What the diagram cannot mark on one column: keys of several columns, and those with an expression or a condition. */
function uniqueTogether(name: string, { constraints, indexes }: Table): string[] {
  const keys = Object.values(constraints).filter(
    ({ kind, columns }) => kind === 'unique' && columns.length > 1,
  );
  const unique = Object.values(indexes).filter(
    ({ unique, columns, hasExpression }) => unique && (columns.length > 1 || hasExpression),
  );
  return [
    ...keys.map(({ columns }) => `${code(name)}: ${codes(columns)}`),
    ...unique.map((index) => `${code(name)}: ${indexColumns(index)}`),
  ];
}

function indexColumns({ hasExpression, columns, definition }: Index): string {
  const plain = columns.filter((column) => column !== null);
  // From the access method on: `USING btree (team_id, user_id) WHERE (left_at IS NULL)`.
  return hasExpression ? code(definition.replace(/^.*? USING \w+ /, '')) : codes(plain);
}

function list(title: string, items: readonly string[]): string[] {
  return items.length > 0 ? [`## ${title}`, items.map((item) => `- ${item}`).join('\n')] : [];
}
