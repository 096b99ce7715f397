import { Client } from 'pg';
import { createMigratedDatabase, type TestDatabase } from '../testing';
import { ExecutorLease } from './executor-lease';
import { lockerADatabase } from './specimen/locker-database';

let database: TestDatabase;
let client: Client;
const leases: ExecutorLease[] = [];
beforeAll(async () => {
  database = await createMigratedDatabase(lockerADatabase);
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await Promise.all(leases.splice(0).map((lease) => lease.release()));
  await client.query('DELETE FROM dbos.workflow_status');
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

async function alive(): Promise<ExecutorLease> {
  const lease = new ExecutorLease({ connectionString: database.url });
  leases.push(lease);
  await lease.hold();
  return lease;
}
const runs = (executorId: string) =>
  client.query(
    `INSERT INTO dbos.workflow_status (workflow_uuid, status, executor_id) VALUES (gen_random_uuid(), 'PENDING', $1)`,
    [executorId],
  );
/** As DBOS does: the sagas are nobody's until somebody takes them from the queue. */
const recover = (id: string) =>
  client.query(`UPDATE dbos.workflow_status SET status = 'ENQUEUED' WHERE executor_id = $1`, [id]);

/** Who is found dead. */
async function dead(lease: ExecutorLease): Promise<string[]> {
  const found: string[] = [];
  await lease.recoverDead(async (id) => {
    found.push(id);
    await recover(id);
  });
  return found.sort();
}

it('takes over from the dead, and not from the living', async () => {
  const [one, other] = [await alive(), await alive()];
  await runs(one.executorId);
  await runs(other.executorId);
  await runs('gone');
  expect(await dead(one)).toEqual(['gone']);
  expect(await dead(one)).toEqual([]);
  await other.release();
  expect(await dead(one)).toEqual([other.executorId]);
});

it('one of several takes over', async () => {
  const living = await Promise.all(Array.from({ length: 5 }, alive));
  const gone = await alive();
  await gone.release();
  await runs(gone.executorId);
  const found = await Promise.all(living.map(dead));
  expect(found.flat()).toEqual([gone.executorId]);
});

it('is alive again by itself after its connection was cut', async () => {
  const [one, other] = [await alive(), await alive()];
  await runs(one.executorId);
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()`,
  );
  // What was under way on the old connections fails; the next round is on new ones.
  for (const lease of [one, other]) await until(() => lease.recoverDead(() => Promise.resolve()));
  expect(await dead(other)).toEqual([]);
});

async function until(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      expect(String(error)).toMatch(/terminat|closed|not queryable|ECONNRESET|EPIPE/i);
    }
  }
}
