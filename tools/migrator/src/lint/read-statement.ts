/**
 * Pure: names in a statement, as they are written there, for advice that can be pasted. Reads the forms that migrations
 * are full of; undefined for anything else. No decision rests on it.
 */
const START = String.raw`^(?:\s|--[^\n]*\n|/\*[^]*?\*/)*`;
const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`;
const TABLE = String.raw`${NAME}(?:\s*\.\s*${NAME})?`;

const ALTER_TABLE = new RegExp(
  String.raw`${START}alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?(?<table>${TABLE})\s+(?<action>[^]*?);?\s*$`,
  'i',
);
const CREATE_INDEX = new RegExp(
  String.raw`${START}create\s+(?<unique>unique\s+)?index\s+(?:if\s+not\s+exists\s+)?(?<rest>[^]*?);?\s*$`,
  'i',
);
const COLUMN = new RegExp(
  String.raw`^(?:add|alter|drop|rename)\s+(?:column\s+)?(?:if\s+(?:not\s+)?exists\s+)?(?<column>${NAME})\s*(?<rest>[^]*)$`,
  'i',
);
const CONSTRAINT = new RegExp(
  String.raw`^(?:add|validate)\s+constraint\s+(?<constraint>${NAME})\s*(?<rest>[^]*)$`,
  'i',
);

export interface AlterTable {
  readonly table: string;
  /** What follows the table's name, the semicolon left out. */
  readonly action: string;
}

export function readAlterTable(sql: string): AlterTable | undefined {
  const { table, action } = ALTER_TABLE.exec(sql)?.groups ?? {};
  return table && action ? { table, action } : undefined;
}

/** A CREATE INDEX that is not concurrent already. */
export function readCreateIndex(sql: string): { unique: boolean; rest: string } | undefined {
  const { unique, rest } = CREATE_INDEX.exec(sql)?.groups ?? {};
  return rest && !/^concurrently\b/i.test(rest) ? { unique: unique !== undefined, rest } : undefined;
}

/** The column that an action of ALTER TABLE is about, and what follows its name. */
export function readColumn({ action }: AlterTable): { column: string; rest: string } | undefined {
  if (CONSTRAINT.test(action)) return undefined;
  const { column, rest } = COLUMN.exec(action)?.groups ?? {};
  return column ? { column, rest: rest ?? '' } : undefined;
}

/** The constraint that an action of ALTER TABLE adds by name, and its definition. */
export function readConstraint({ action }: AlterTable): { constraint: string; rest: string } | undefined {
  const { constraint, rest } = CONSTRAINT.exec(action)?.groups ?? {};
  return constraint ? { constraint, rest: rest ?? '' } : undefined;
}

/** A name without its quotes. */
export function plainName(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
