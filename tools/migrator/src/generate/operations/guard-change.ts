/**
 * Pure: what stands before a change of type that could lose something without a word: a statement that looks at every value,
 * under the lock that the change takes anyway, and fails, naming the column, when one would not come through whole.
 */
import type { ObjectName } from '../../catalog/catalog';
import type { Retyped, TableChange } from '../schema-change';
import { quotedName } from '../../catalog/quoted-name';
import { quote, quotedText } from '../sql-text';
import { at, type Action } from '../steps';

export function guardChange({ name, to: table, retyped }: TableChange): Action[] {
  const guarded = [...retyped.values()].filter(({ alters }) => alters !== null);
  if (guarded.length === 0) return [];
  return at(
    'alter column',
    `lock table ${quotedName(table)} in access exclusive mode`,
    ...guarded.map((column) => guard(name, table, column)),
  );
}

function guard(tableName: string, table: ObjectName, { from, to, alters }: Retyped): string {
  const condition = alters?.(quote(from.name)) ?? 'false';
  const values = `${tableName}.${to.name}`;
  const what = `${values} has %s that ${to.type} cannot hold as ${from.type} does; nothing was changed`
    .replaceAll('%', '%%')
    .replace('%%s', '%s');
  const hint = `Find them: select * from ${quotedName(table)} where ${condition}; then correct them, and run this again.`;
  return [
    `do $guard$ declare altered bigint;`,
    `begin select count(*) into altered from ${quotedName(table)} where ${condition};`,
    `if altered > 0 then raise exception using errcode = 'data_exception',`,
    `message = format(${quotedText(what)}, altered || case altered when 1 then ' value' else ' values' end),`,
    `schema = ${quotedText(table.schema)}, table = ${quotedText(table.name)}, column = ${quotedText(to.name)}, hint = ${quotedText(hint)};`,
    `end if; end $guard$`,
  ].join(' ');
}
