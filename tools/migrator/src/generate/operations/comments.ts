/** Pure: comments on tables and columns. */
import type { SchemaChange } from '../schema-change';
import { quotedName } from '../../catalog/quoted-name';
import { columnOf, quote, quotedText } from '../sql-text';
import { at, type Action } from '../steps';

export function changeComments({ from, to, tableChange }: SchemaChange): Action[] {
  return Object.entries(to.tables).flatMap(([name, table]) => {
    const old = from.tables[name];
    const replaced = tableChange(name)?.replaced;
    const onColumns = table.columns.flatMap((column) => {
      const before = replaced?.has(column.name) ? undefined : columnOf(old, column.name);
      const isSame = (before?.comment ?? null) === column.comment;
      return isSame ? [] : comment(`column ${quotedName(table)}.${quote(column.name)}`, column.comment);
    });
    const isSame = (old?.comment ?? null) === table.comment;
    return [...(isSame ? [] : comment(`table ${quotedName(table)}`, table.comment)), ...onColumns];
  });
}

function comment(on: string, text: string | null): Action[] {
  return at('comment', `comment on ${on} is ${text === null ? 'null' : quotedText(text)}`);
}
