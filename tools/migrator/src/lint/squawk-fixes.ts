/** Pure: squawk's rule and the statement -> what to write instead, with the statement's own names. */
import { inBatches, inMigration, inMigrations, outsideTransaction } from './migration-snippet';
import { plainName, readAlterTable, readColumn, readConstraint, readCreateIndex } from './read-statement';

type Fix = (sql: string) => string | undefined;

/** The constraint without checking the rows that are there, and the check where it stalls nobody. */
const notValid: Fix = (sql) => {
  const alter = readAlterTable(sql);
  const added = alter && readConstraint(alter);
  if (!added) return undefined;
  const { table, action } = alter;
  return inMigrations(
    [`ALTER TABLE ${table} ${action} NOT VALID`],
    [`ALTER TABLE ${table} VALIDATE CONSTRAINT ${added.constraint}`],
  );
};

const notNull: Fix = (sql) => {
  const alter = readAlterTable(sql);
  const column = alter && readColumn(alter)?.column;
  if (!column) return undefined;
  const { table } = alter;
  // Not `_not_null`, which Postgres 18 gives its own: a renamed column may have kept the one of this name.
  const check = `${nameOf(table)}_${plainName(column)}__has_value`;
  return inMigrations(
    [`ALTER TABLE ${table} ADD CONSTRAINT "${check}" CHECK (${column} IS NOT NULL) NOT VALID`],
    [`ALTER TABLE ${table} VALIDATE CONSTRAINT "${check}"`],
    [
      `ALTER TABLE ${table} ALTER COLUMN ${column} SET NOT NULL`,
      `ALTER TABLE ${table} DROP CONSTRAINT "${check}"`,
    ],
  );
};

const indexConcurrently: Fix = (sql) => {
  const index = readCreateIndex(sql);
  return (
    index && outsideTransaction(`CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${index.rest}`)
  );
};

const uniqueUsingIndex: Fix = (sql) => {
  const alter = readAlterTable(sql);
  const added = alter && readConstraint(alter);
  const columns = added && /^unique\b[^(]*(?<columns>\([^)]*\))/i.exec(added.rest)?.groups?.['columns'];
  if (!columns) return undefined;
  return [
    '// migration 1 of 2',
    outsideTransaction(`CREATE UNIQUE INDEX CONCURRENTLY ${added.constraint} ON ${alter.table} ${columns}`),
    '// migration 2 of 2',
    inMigration(
      `ALTER TABLE ${alter.table} ADD CONSTRAINT ${added.constraint} UNIQUE USING INDEX ${added.constraint}`,
    ),
  ].join('\n');
};

const fillLater: Fix = (sql) => {
  const alter = readAlterTable(sql);
  const added = alter && readColumn(alter);
  const [, type, value] =
    /^(.+?)\s+(?:not\s+null\s+)?default\s+(.+?)(?:\s+not\s+null)?$/i.exec(added?.rest ?? '') ?? [];
  if (!added || !type || !value) return undefined;
  const { table } = alter;
  return [
    '// migration 1 of 2',
    inMigration(
      `ALTER TABLE ${table} ADD COLUMN ${added.column} ${type}`,
      `ALTER TABLE ${table} ALTER COLUMN ${added.column} SET DEFAULT ${value}`,
    ),
    '// migration 2 of 2',
    inBatches(table, `${added.column} = ${value}`, `${added.column} IS NULL`),
  ].join('\n');
};

const requiredLater: Fix = (sql) => {
  const alter = readAlterTable(sql);
  const added = alter && readColumn(alter);
  if (!added) return undefined;
  const definition = added.rest.replace(/\s*\bnot\s+null\b/i, '');
  return (
    `A constant default fills the rows that are there, without a rewrite:\n` +
    `${inMigration(`ALTER TABLE ${alter.table} ADD COLUMN ${added.column} ${definition} NOT NULL DEFAULT ...`)}\n` +
    `Without one: add the column nullable, fill it in batches, and make it NOT NULL in a later migration.`
  );
};

const newColumnBeside: Fix = (sql) => {
  const alter = readAlterTable(sql);
  const changed = alter && readColumn(alter);
  const type = /^(?:set\s+data\s+)?type\s+([^]+?)(?:\s+using\b[^]*)?$/i.exec(changed?.rest ?? '')?.[1];
  if (!changed || !type) return undefined;
  const { table } = alter;
  const beside = `"${plainName(changed.column)}_new"`;
  return [
    '// migration 1 of 2; the application writes both columns from here on',
    inMigration(`ALTER TABLE ${table} ADD COLUMN ${beside} ${type}`),
    '// migration 2 of 2; then read the new one, and drop the old one behind the gate `contract`',
    inBatches(
      table,
      `${beside} = ${changed.column}::${type}`,
      `${beside} IS NULL AND ${changed.column} IS NOT NULL`,
    ),
  ].join('\n');
};

const behindContract: Fix = () =>
  'Deploy applications that no longer use it first; then remove it in a migration that waits until someone says so:\n' +
  `static gate = 'contract';`;

const expandAndContract: Fix = (sql) => {
  const [, from, to] =
    /\brename\s+(?:column\s+)?(?:("[^"]+"|[\w$]+)\s+)?to\s+("[^"]+"|[\w$]+)/i.exec(sql) ?? [];
  const names = to ? `${from ?? 'the old name'} -> ${to}` : 'the new name';
  return (
    `Add ${to ?? 'the new name'} beside it, let applications write both and then use the new one alone, drop the old one at last ` +
    `(${names}). If every application is switched at one moment, say so:\nstatic gate = 'switch';`
  );
};

const FIXES: Readonly<Record<string, Fix>> = {
  'adding-field-with-default': fillLater,
  'adding-foreign-key-constraint': notValid,
  'adding-not-nullable-field': notNull,
  'adding-required-field': requiredLater,
  'ban-drop-column': behindContract,
  'ban-drop-table': behindContract,
  'changing-column-type': newColumnBeside,
  'constraint-missing-not-valid': notValid,
  'disallowed-unique-constraint': uniqueUsingIndex,
  'renaming-column': expandAndContract,
  'renaming-table': expandAndContract,
  'require-concurrent-index-creation': indexConcurrently,
};

/** @param help squawk's own advice, for what has none of ours */
export function squawkFix(rule: string, sql: string, help: string | null): string {
  return FIXES[rule]?.(sql) ?? help ?? `See https://squawkhq.com/docs/${rule}.`;
}

function nameOf(table: string): string {
  return plainName(table.split('.').at(-1) ?? table);
}
