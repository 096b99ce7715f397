import { createMessagingTablesV1 } from '@hockey-hub/shared-lib/src/outbox/tables/v1';
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { NO_MORE_NEWS } from '../checks/evidence';
import { installProbe } from './install-probe';
import { readEvidence } from './read-evidence';
import { ownerOf, readModelsIn, readReadModel } from './read-models';

const TEAM = `'019aa000-0000-7000-8000-000000000001'`;
const KNOWN_TEAMS = `CREATE TABLE "known_teams" ("id" uuid PRIMARY KEY, "name" text, "sequence" bigint NOT NULL,
  "deleted_at" timestamptz, "created_at" timestamptz, "updated_at" timestamptz)`;
const TEAMS = `CREATE TABLE "teams" ("id" uuid PRIMARY KEY, "name" text, "season" text)`;
const WRITE = (sequence: number) => `INSERT INTO "outbox_events"
  ("aggregate", "aggregate_id", "sequence", "id", "type", "partition", "data", "awaiting")
  VALUES ('team', ${TEAM}, ${sequence}, gen_random_uuid(), 'user-service.team.updated.v1', 0, '{}', '{training-service}')`;

describe('the evidence', () => {
  let database: TestDatabase;
  let client: Client;
  const run = async (...statements: string[]) => {
    for (const statement of statements) await client.query(statement);
  };
  const evidence = () => readEvidence('user-service', client);

  beforeEach(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    // It asks its query runner for nothing but queries.
    await createMessagingTablesV1(client as unknown as QueryRunner);
    await run(KNOWN_TEAMS, TEAMS);
    await installProbe(client, await readModelsIn(client));
  });

  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  test('has every event that was committed, also when it is confirmed and gone', async () => {
    await run(
      WRITE(1),
      'BEGIN',
      WRITE(2),
      'ROLLBACK',
      'BEGIN',
      WRITE(2),
      'COMMIT',
      'DELETE FROM "outbox_events"',
    );
    const { written, outboxRows } = await evidence();
    expect(written.map(({ sequence, awaiting }) => [sequence, awaiting])).toEqual([
      [1, ['training-service']],
      [2, ['training-service']],
    ]);
    expect(outboxRows).toBe(0);
  });

  test('has every step of a listener and what it wrote, with their transactions', async () => {
    await run(
      'BEGIN',
      `INSERT INTO "inbox_aggregates" ("source", "aggregate", "aggregate_id") VALUES ('user-service', 'team', ${TEAM})`,
      `INSERT INTO "known_teams" ("id", "sequence") VALUES (${TEAM}, 1)`,
      `UPDATE "known_teams" SET "sequence" = 2`,
      `UPDATE "inbox_aggregates" SET "last_sequence" = 2`,
      'COMMIT',
      `UPDATE "known_teams" SET "sequence" = ${NO_MORE_NEWS}`,
    );
    const { processed, stored, inboxCounters } = await evidence();
    expect(processed).toMatchObject([{ source: 'user-service', before: 0, after: 2 }]);
    expect(stored.map(({ before, after }) => [before, after])).toEqual([
      [undefined, 1],
      [1, 2],
      [2, NO_MORE_NEWS],
    ]);
    expect(stored[1]!.transactionId).toBe(processed[0]!.transactionId);
    expect(stored[2]!.transactionId).not.toBe(processed[0]!.transactionId);
    expect(inboxCounters).toMatchObject([{ lastSequence: 2 }]);
  });

  test('has dead letters as the bytes that came', async () => {
    await run(`INSERT INTO "dead_letters" ("fingerprint", "subject", "message", "code", "error", "attempts")
      VALUES ('f', 'user-service.team.updated.v1', '\\xff00'::bytea, 'EVENT_MALFORMED', 'no JSON', 1)`);
    expect((await evidence()).deadLetters).toMatchObject([{ message: 'ff00', code: 'EVENT_MALFORMED' }]);
  });

  test('finds the read models, their owner, and the columns that both have', async () => {
    await run(`INSERT INTO "teams" VALUES (${TEAM}, 'Lions', '2026')`);
    await run(`INSERT INTO "known_teams" ("id", "name", "sequence") VALUES (${TEAM}, 'Bears', 3)`);
    expect(await readModelsIn(client)).toEqual(['known_teams']);
    const clients = new Map([['user-service', client]]);
    const owner = await ownerOf('known_teams', 'training-service', clients);
    const model = await readReadModel(
      { listener: 'training-service', table: 'known_teams', owner },
      client,
      client,
    );
    expect(model).toMatchObject({ owner: 'user-service', ownerTable: 'teams', columns: ['name'] });
    expect(model.rows).toMatchObject([{ values: { name: 'Bears' }, sequence: 3, isDeleted: false }]);
    expect(model.ownerRows).toMatchObject([{ values: { name: 'Lions' } }]);
    await expect(ownerOf('known_rinks', 'training-service', clients)).rejects.toThrow('none has it');
  });
});
