/**
 * Pure: the same change in fewer words. What keeps a busy table online (constraints first NOT VALID, keys from an index
 * built before) is noise on a table that the same migration creates or drops: nobody uses it. Statements about every
 * other table pass through untouched.
 */

import { plainName, statementPattern } from './sql-names';

const CREATE_TABLE = statementPattern('^create table {name}');
const DROP_TABLE = statementPattern('^drop table {name}$');
const ADD_CONSTRAINT = statementPattern('^alter table {name} add constraint {name} ([^]*)$');
const VALIDATE = statementPattern('^alter table {name} validate constraint {name}$');
const CREATE_INDEX = statementPattern('^create (?:unique )?index {name} on {name}');
const CREATE_UNIQUE_INDEX = statementPattern(
  String.raw`^create unique index {name} on {name} using btree (\([^]*\))$`,
);
const DROP_CONSTRAINT = statementPattern('^alter table {name} drop constraint {name}$');
const DROP_INDEX = statementPattern('^drop index (?:if exists )?{name}$');

/**
 * @param statements the change
 * @param opposite the change back: it tells what the constraints and indexes that are dropped here were
 */
export function condense(statements: readonly string[], opposite: readonly string[]): string[] {
  return condenseDropped(condenseCreated(statements), opposite);
}

function condenseCreated(statements: readonly string[]): string[] {
  const created = new Set(matches(statements, CREATE_TABLE).map(([, table]) => plainName(table)));
  const keyColumns = new Map(
    matches(statements, CREATE_UNIQUE_INDEX).map(([, index, , columns = '']) => [plainName(index), columns]),
  );
  const becomeKeys = new Set(
    matches(statements, ADD_CONSTRAINT)
      .filter(
        ([, table, , definition = '']) => created.has(plainName(table)) && / using index /i.test(definition),
      )
      .map(([, , name]) => plainName(name))
      .filter((name) => keyColumns.has(name)),
  );
  return statements.flatMap((statement) => {
    const index = CREATE_UNIQUE_INDEX.exec(statement)?.[1];
    if (index !== undefined && becomeKeys.has(plainName(index))) return [];
    const validated = VALIDATE.exec(statement)?.[1];
    if (validated !== undefined && created.has(plainName(validated))) return [];
    const [, table, name, definition = ''] = ADD_CONSTRAINT.exec(statement) ?? [];
    if (table === undefined || !created.has(plainName(table))) return [statement];
    return [`alter table ${table} add constraint ${name} ${whole(definition, keyColumns)}`];
  });
}

const USING_INDEX = statementPattern(' using index {name}');

/** `PRIMARY KEY using index "pk"` -> `PRIMARY KEY (id)`, and no NOT VALID where there are no rows. */
function whole(definition: string, keyColumns: ReadonlyMap<string, string>): string {
  return definition.replace(/ not valid$/i, '').replace(USING_INDEX, (all, index: string) => {
    const columns = keyColumns.get(plainName(index));
    return columns === undefined ? all : ` ${columns}`;
  });
}

/** A table takes its own indexes and keys with it; foreign keys go first, so that tables can go in any order. */
function condenseDropped(statements: readonly string[], opposite: readonly string[]): string[] {
  const dropped = new Set(matches(statements, DROP_TABLE).map(([, table]) => plainName(table)));
  const added = new Map(
    matches(opposite, ADD_CONSTRAINT).map(([, table, name, definition = '']) => [
      `${plainName(table)} ${plainName(name)}`,
      definition,
    ]),
  );
  const indexTables = new Map(
    matches(opposite, CREATE_INDEX).map(([, index, table]) => [plainName(index), plainName(table)]),
  );
  return statements.filter((statement) => {
    const [, table, constraint] = DROP_CONSTRAINT.exec(statement) ?? [];
    if (table !== undefined && dropped.has(plainName(table))) {
      return /^foreign key/i.test(added.get(`${plainName(table)} ${plainName(constraint)}`) ?? 'foreign key');
    }
    const index = DROP_INDEX.exec(statement)?.[1];
    const indexed = index === undefined ? undefined : indexTables.get(plainName(index));
    return indexed === undefined || !dropped.has(indexed);
  });
}

function matches(statements: readonly string[], pattern: RegExp): RegExpExecArray[] {
  return statements.map((statement) => pattern.exec(statement)).filter((match) => match !== null);
}
