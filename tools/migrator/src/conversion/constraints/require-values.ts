/** NOT NULL for a column of a table that is in use: proven by a check first, so that setting it takes a moment. */
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../../errors';
import { SQLSTATE, sqlstateOf } from '../../pg/sqlstate';
import type { ConversionDatabase } from '../conversion-database';
import { nameWithSuffix, quotedTable } from '../names';
import { withLock } from '../with-lock';
import { constraintState, isNotNull } from './live-objects';
import { runOnline, withRetries } from './run-online';

/**
 * @throws MigratorError CONVERSION_INCOMPLETE when a row has no value there
 */
export async function requireValues(
  database: ConversionDatabase,
  conversion: string,
  table: string,
  column: string,
): Promise<void> {
  const { query, service } = database;
  if (await isNotNull(query, table, column)) return;
  const name = nameWithSuffix(column, '_is_filled');
  const [relation, check] = [quotedTable(table), escapeIdentifier(name)];
  const work = { conversion, what: `${table}.${column}: NOT NULL` };
  await withLock(database, work, async (locked) => {
    if ((await constraintState(locked, table, name)) !== 'missing') return;
    await locked(
      `ALTER TABLE ${relation} ADD CONSTRAINT ${check} CHECK (${escapeIdentifier(column)} IS NOT NULL) NOT VALID`,
    );
  });
  try {
    await withRetries(() => runOnline(query, `ALTER TABLE ${relation} VALIDATE CONSTRAINT ${check}`));
  } catch (error) {
    if (sqlstateOf(error) !== SQLSTATE.checkViolation) throw error;
    throw new MigratorError(
      'CONVERSION_INCOMPLETE',
      `${service}: rows of ${table} have no ${column}. It is filled by the phase before this one: run conversion-verify to see ` +
        'which rows they are.',
      { cause: error },
    );
  }
  await withLock(database, work, async (locked) => {
    // Postgres reads no row for SET NOT NULL where a valid check says the same; dropped by the same statement, that would be gone before.
    await locked(`ALTER TABLE ${relation} ALTER COLUMN ${escapeIdentifier(column)} SET NOT NULL`);
    await locked(`ALTER TABLE ${relation} DROP CONSTRAINT IF EXISTS ${check}`);
  });
}
