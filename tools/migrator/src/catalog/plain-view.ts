/**
 * Pure: a view that shows columns of one table, in the table's order, and does nothing else. The order of columns is no part of a table's
 * schema, because one that is dropped and comes back is the last one; so it is none of such a view's either.
 */
import type { Catalog, View } from './catalog';

const NAME = '(?:"(?:[^"]|"")+"|[\\w$]+)';
/** Before Postgres 16 with the table before the column. */
const COLUMN = `(?:${NAME}\\.)?(?<column>${NAME})(?: AS ${NAME})?`;
const UNNAMED = COLUMN.replace('?<column>', '?:');
const PLAIN_VIEW = new RegExp(
  `^\\s*SELECT (?<columns>${UNNAMED}(?:,\\s+${UNNAMED})*)\\s+FROM (?<table>${NAME}(?:\\.${NAME})?(?: ${NAME})?)$`,
);

/** What of its definition counts in a comparison. */
export function comparedDefinition({ definition, reads }: View, { tables }: Catalog): string {
  const found = PLAIN_VIEW.exec(definition)?.groups;
  const [name] = Object.keys(reads);
  const table = name === undefined ? undefined : tables[name];
  if (!found || !table) return definition;
  const shown = [...found['columns']!.matchAll(new RegExp(COLUMN, 'g'))].map(({ 0: text, groups }) => {
    const column = unquoted(groups!['column']!);
    return { text, place: table.columns.findIndex((each) => each.name === column) };
  });
  const isInOrder = shown.every(({ place }, index) => index === 0 || place > shown[index - 1]!.place);
  if (!isInOrder) return definition;
  const columns = shown.map(({ text }) => text).sort();
  return ` SELECT ${columns.join(',\n    ')}\n   FROM ${found['table']}`;
}

const unquoted = (name: string) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);
