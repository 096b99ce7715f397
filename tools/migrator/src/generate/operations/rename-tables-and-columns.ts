/** Pure: the renames that were asked for. Everything that depends on what is renamed follows by itself. */
import type { Catalog } from '../../catalog/catalog';
import type { Decisions } from '../decisions';
import { orderedRenames } from '../ordered-renames';
import { quotedName } from '../../catalog/quoted-name';
import { alterTable, quote } from '../sql-text';
import { at, type Action } from '../steps';

/** @param from before the change */
export function renameTablesAndColumns(
  from: Catalog,
  to: Catalog,
  { renames, tableRenames }: Pick<Decisions, 'renames' | 'tableRenames'>,
): Action[] {
  return [
    ...createSchemas(from, to),
    ...renameTables(from, to, tableRenames),
    ...Object.entries(from.tables).flatMap(([name]) => {
      const newName = tableRenames.find((rename) => rename.from === name)?.to ?? name;
      const table = to.tables[newName];
      const ofTable = renames.filter((rename) => rename.table === name);
      if (!table) return [];
      return orderedRenames(ofTable).flatMap((rename) =>
        at('rename', alterTable(table, `rename column ${quote(rename.from)} to ${quote(rename.to)}`)),
      );
    }),
  ];
}

/** First of all: a table may be moved into one. */
function createSchemas(from: Catalog, to: Catalog): Action[] {
  const schemasOf = ({ tables, enums, sequences, views }: Catalog) =>
    new Set(
      [tables, enums, sequences, views].flatMap((things) =>
        Object.values(things).map(({ schema }) => schema),
      ),
    );
  const known = schemasOf(from).add('public');
  return [...schemasOf(to)]
    .filter((schema) => !known.has(schema))
    .sort()
    .flatMap((schema) => at('create schema', `create schema if not exists ${quote(schema)}`));
}

function renameTables(from: Catalog, to: Catalog, renames: Decisions['tableRenames']): Action[] {
  const moved = renames.flatMap((rename) => {
    const [old, wanted] = [from.tables[rename.from], to.tables[rename.to]];
    return old && wanted ? [{ old, wanted }] : [];
  });
  const schemas = moved.flatMap(({ old, wanted }) =>
    old.schema === wanted.schema
      ? []
      : at('rename', `alter table ${quotedName(old)} set schema ${quote(wanted.schema)}`),
  );
  const names = [...new Set(moved.map(({ wanted }) => wanted.schema))].flatMap((schema) =>
    orderedRenames(
      moved
        .filter(({ old, wanted }) => wanted.schema === schema && old.name !== wanted.name)
        .map(({ old, wanted }) => ({ from: old.name, to: wanted.name })),
    ).flatMap((rename) =>
      at('rename', `alter table ${quotedName({ schema, name: rename.from })} rename to ${quote(rename.to)}`),
    ),
  );
  return [...schemas, ...names];
}
