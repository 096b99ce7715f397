/** How a migration's transaction can go wrong: it fails, and says what is left of it. */
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import { readLedger } from '../ledger/ledger';
import { warningsOf } from '../migration-warnings';
import type { Migration, PlanStep, RunEvent } from '../model';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { declareResumable } from '../resumable-migration';
import { sqlMigration } from '../testing/sql-migration';
import { runStep } from './run-step';
import { claimDatabase, connectSession, type Session } from './session';

let database: TestDatabase;
let session: Session;
beforeEach(async () => {
  database = await createTestDatabase();
  session = await connectSession('user-service', database.url);
  await claimDatabase(session, () => undefined);
});
afterEach(async () => {
  await session.close();
  await database.drop();
});

function run(migration: Migration, onEvent: (event: RunEvent) => void = () => undefined) {
  const { service, name, file, checksum, transaction } = migration;
  const step: PlanStep = {
    id: `${service}:${name}`,
    service,
    migration: name,
    file,
    checksum,
    transaction,
    action: 'run',
    waitsFor: [],
  };
  return runStep({ session, migration, step, direction: 'up', appliedBy: 'test', onEvent });
}

/** What another session sees: what is committed. */
async function left(): Promise<{ tables: string[]; applied: string[] }> {
  return withConnection(database.url, 'test', async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND relname <> 'migrations' ORDER BY 1`,
    );
    const { applied } = await readLedger('user-service', queryOf(client));
    return { tables: rows.map(({ name }) => name), applied: applied.map(({ name }) => name) };
  });
}

const CREATE = 'CREATE TABLE teams (id int)';
const ROLLED_BACK = 'Its transaction was rolled back: nothing of it is left, and nothing was recorded.';

it('refuses a transaction that is left open inside the own one, takes all of it back, and runs the next', async () => {
  const open = sqlMigration(async (runner) => {
    await runner.startTransaction();
    await runner.query(CREATE);
  });
  await expect(run(open)).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message:
      `applying ${open.name} to user-service failed: it opened a transaction (startTransaction, BEGIN) and did not end it. Take ` +
      'that out, because it runs in one already, or say `static transaction = false`, and it runs without a transaction around ' +
      `it.\nfile: ${open.file}\n${ROLLED_BACK}`,
  });
  const next = sqlMigration(['CREATE TABLE clubs (id int)']);
  await run(next);
  expect(await left()).toEqual({ tables: ['clubs'], applied: [next.name] });
});

it('lets a migration open and end transactions of its own inside', async () => {
  const nested = sqlMigration(async (runner) => {
    await runner.startTransaction();
    await runner.query('CREATE TABLE given_up (id int)');
    await runner.rollbackTransaction();
    await runner.startTransaction();
    await runner.query(CREATE);
    await runner.commitTransaction();
  });
  await run(nested);
  expect(await left()).toEqual({ tables: ['teams'], applied: [nested.name] });
});

it.each([
  ['sends COMMIT', [CREATE, 'COMMIT', 'CREATE TABLE clubs (id int)'], 'COMMIT'],
  ['commits and begins again', [CREATE, 'COMMIT', 'BEGIN', 'CREATE TABLE clubs (id int)'], 'COMMIT'],
  [
    'sends it with a statement that fails',
    [`${CREATE}; COMMIT; SELECT 1 / 0`],
    `${CREATE}; COMMIT; SELECT 1 / 0`,
  ],
])('stops a migration that %s at that statement, and says that what came before stays', async (_, up, by) => {
  const commits = sqlMigration(up);
  await expect(run(commits)).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message:
      `applying ${commits.name} to user-service failed: it ended the transaction that the migrator runs it in, with "${by}". Take ` +
      'that statement out, or say `static transaction = false`, and it runs without a transaction around it.\n' +
      `file: ${commits.file}\nWhat it sent before a COMMIT stays done (a ROLLBACK took it back), and nothing was recorded. Make its ` +
      'statements repeatable (IF NOT EXISTS), or undo them by hand, before the next run.',
  });
  expect(await left()).toEqual({ tables: ['teams'], applied: [] });
});

it('is not talked out of it by a migration that catches the refusal', async () => {
  const catches = sqlMigration(async (runner) => {
    await runner.query(CREATE);
    await runner.query('COMMIT').catch(() => undefined);
    await runner.query('CREATE TABLE clubs (id int)').catch(() => undefined);
  });
  await expect(run(catches)).rejects.toThrow('it ended the transaction that the migrator runs it in');
  expect(await left()).toEqual({ tables: ['teams'], applied: [] });
});

it('says what it means to go on after an error that was caught', async () => {
  const swallows = sqlMigration(async (runner) => {
    await runner.query(CREATE);
    await runner.query('SELECT nonsense').catch(() => undefined);
  });
  await expect(run(swallows)).rejects.toThrow('it caught the error of a statement and went on');
  expect(await left()).toEqual({ tables: [], applied: [] });
});

it.each([
  ['BEGIN', sqlMigration(['CREATE TABLE clubs (id int)', 'BEGIN', CREATE], { transaction: false })],
  [
    'startTransaction',
    sqlMigration(
      async (runner) => {
        await runner.query('CREATE TABLE clubs (id int)');
        await runner.startTransaction();
        await runner.query(CREATE);
      },
      { transaction: false },
    ),
  ],
])('refuses a %s that is left open outside a transaction, and runs the next', async (_, open) => {
  await expect(run(open)).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message:
      `applying ${open.name} to user-service failed: it opened a transaction (startTransaction, BEGIN) and did not end it. Commit ` +
      `it, or leave it out.\nfile: ${open.file}\nWhat was still open was rolled back; what it sent or committed before stays done, ` +
      'and nothing was recorded. Make its statements repeatable (IF NOT EXISTS), or undo them by hand, before the next run.',
  });
  const next = sqlMigration(['CREATE TABLE seasons (id int)']);
  await run(next);
  expect(await left()).toEqual({ tables: ['clubs', 'seasons'], applied: [next.name] });
});

it('says of one that goes on where it was broken off that nothing has to be undone, and of no other', async () => {
  const statements = [CREATE, 'SELECT 1/0'];
  const phase = sqlMigration(
    async (runner) => {
      declareResumable(runner);
      for (const statement of statements) await runner.query(statement);
    },
    { transaction: false },
  );
  await expect(run(phase)).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message:
      `applying ${phase.name} to user-service failed: division by zero (SQLSTATE 22012)\nfile: ${phase.file}\n` +
      'statement: SELECT 1/0\nWhat it did so far stays done, and nothing has to be undone: clients can go on meanwhile. Nothing was ' +
      'recorded. Mend what is said above and run the same command again; it goes on where it stopped.',
  });
  expect(await left()).toEqual({ tables: ['teams'], applied: [] });
  const other = sqlMigration(['SELECT 1', 'SELECT 1/0'], { transaction: false });
  await expect(run(other)).rejects.toThrow('1 statement(s) before the failing one stay done');
});

/** Calls the function when the transaction is committed. */
const atCommit = (body: string) => [
  CREATE,
  `CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NULL; END $$`,
  `CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON teams DEFERRABLE INITIALLY DEFERRED
   FOR EACH ROW EXECUTE FUNCTION at_commit()`,
  'INSERT INTO teams VALUES (1)',
];

it('does not claim to know what became of a COMMIT during which the connection broke', async () => {
  const breaks = sqlMigration(atCommit('PERFORM pg_terminate_backend(pg_backend_pid());'));
  await expect(run(breaks)).rejects.toThrow(
    'The connection broke while its transaction was committed, so it is not known whether it was. Schema and record agree either ' +
      'way: run again, and it goes on from what is recorded.',
  );
});

it('knows that a COMMIT which Postgres refuses left nothing', async () => {
  const refused = sqlMigration(atCommit('PERFORM 1 / 0;'));
  await expect(run(refused)).rejects.toThrow(ROLLED_BACK);
  expect(await left()).toEqual({ tables: [], applied: [] });
});

it('what a migration wants somebody to look at is told as a warning', async () => {
  const events: RunEvent[] = [];
  const warns = sqlMigration(async (runner) => warningsOf(runner)('look at this'));
  await run(warns, (event) => events.push(event));
  expect(events).toEqual([{ type: 'warning', service: 'user-service', message: 'look at this' }]);
});
