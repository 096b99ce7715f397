/**
 * Pure: the same change in fewer words. What keeps a busy table online (constraints first NOT VALID, keys from an index
 * built before) is noise on a table that the same migration creates or drops: nobody uses it. Statements about every
 * other table pass through untouched.
 */

const CREATE_TABLE = /^create table (\S+)/i;
const DROP_TABLE = /^drop table (\S+)$/i;
const ADD_CONSTRAINT = /^alter table (\S+) add constraint (\S+) (.*)$/i;
const VALIDATE = /^alter table (\S+) validate constraint (\S+)$/i;
const CREATE_UNIQUE_INDEX = /^create unique index (\S+) on \S+ using btree (\(.*\))$/i;
const DROP_CONSTRAINT = /^alter table (\S+) drop constraint (\S+)$/i;
const DROP_INDEX = /^drop index (?:if exists )?(\S+)$/i;

/**
 * @param statements the change
 * @param opposite the change back: it tells what the constraints and indexes that are dropped here were
 */
export function condense(statements: readonly string[], opposite: readonly string[]): string[] {
  return condenseDropped(condenseCreated(statements), opposite);
}

function condenseCreated(statements: readonly string[]): string[] {
  const created = new Set(statements.flatMap((statement) => CREATE_TABLE.exec(statement)?.[1] ?? []));
  const keyColumns = new Map<string, string>();
  for (const [, index = '', columns = ''] of matches(statements, CREATE_UNIQUE_INDEX))
    keyColumns.set(index, columns);
  const becomeKeys = new Set(
    [...matches(statements, ADD_CONSTRAINT)]
      .filter(
        ([, table = '', name = '', definition = '']) =>
          created.has(table) && / using index /i.test(definition) && keyColumns.has(unquoted(name)),
      )
      .map(([, , name = '']) => unquoted(name)),
  );
  return statements.flatMap((statement) => {
    const index = CREATE_UNIQUE_INDEX.exec(statement)?.[1];
    if (index !== undefined && becomeKeys.has(index)) return [];
    const validated = VALIDATE.exec(statement)?.[1];
    if (validated !== undefined && created.has(validated)) return [];
    const [, table = '', name = '', definition = ''] = ADD_CONSTRAINT.exec(statement) ?? [];
    if (!created.has(table)) return [statement];
    return [`alter table ${table} add constraint ${name} ${whole(definition, keyColumns)}`];
  });
}

/** `PRIMARY KEY using index "pk"` -> `PRIMARY KEY (id)`, and no NOT VALID where there are no rows. */
function whole(definition: string, keyColumns: ReadonlyMap<string, string>): string {
  return definition.replace(/ not valid$/i, '').replace(/ using index (\S+)/i, (all, index: string) => {
    const columns = keyColumns.get(unquoted(index));
    return columns === undefined ? all : ` ${columns}`;
  });
}

/** A table takes its own indexes and keys with it; foreign keys go first, so that tables can go in any order. */
function condenseDropped(statements: readonly string[], opposite: readonly string[]): string[] {
  const dropped = new Set(statements.flatMap((statement) => DROP_TABLE.exec(statement)?.[1] ?? []));
  const added = new Map(
    [...matches(opposite, ADD_CONSTRAINT)].map(([, table, name, definition = '']) => [
      `${table} ${name}`,
      definition,
    ]),
  );
  const indexTables = new Map(
    [...matches(opposite, /^create (?:unique )?index (\S+) on (\S+)/i)].map(([, index = '', table = '']) => [
      index,
      table,
    ]),
  );
  const isDropped = (table: string) => [...dropped].some((name) => unquoted(name) === unquoted(table));
  return statements.filter((statement) => {
    const [, table, constraint] = DROP_CONSTRAINT.exec(statement) ?? [];
    if (table && isDropped(table))
      return /^foreign key/i.test(added.get(`${table} ${constraint}`) ?? 'foreign key');
    const index = DROP_INDEX.exec(statement)?.[1];
    const indexed = index && indexTables.get(unquoted(index).replace(/^public\./, ''));
    return !(indexed && isDropped(indexed));
  });
}

function* matches(statements: readonly string[], pattern: RegExp): Generator<RegExpExecArray> {
  for (const statement of statements) {
    const match = pattern.exec(statement);
    if (match) yield match;
  }
}

function unquoted(identifier: string): string {
  return identifier.replaceAll('"', '');
}
