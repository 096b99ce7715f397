import { randomBytes } from 'node:crypto';
import { seedLegacyClubs } from '@hockey-hub/legacy-clubs';
import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { Client } from 'pg';
import type { DatabaseUrls } from '../client-group';
import type { LedgerRow } from '../requests/ledger';
import { verifyRows } from './verify-rows';

const prefix = `witness_${randomBytes(5).toString('hex')}`;
const admin = new Client({ connectionString: testDatabaseUrl() });
const urlOf = (name: string): string => {
  const url = new URL(testDatabaseUrl());
  url.pathname = `/${prefix}_${name}`;
  return url.href;
};
const before: DatabaseUrls = { user: urlOf('before_user'), training: urlOf('before_training') };
const after: DatabaseUrls = { user: urlOf('after_user'), training: urlOf('after_training') };
const urlsAfter = [after.user, after.training];
const names = [before.user, before.training, after.user, after.training].map((url) =>
  new URL(url).pathname.slice(1),
);

beforeAll(async () => {
  await admin.connect();
  for (const name of names.slice(0, 2)) await admin.query(`CREATE DATABASE "${name}"`);
  await seedLegacyClubs({ userUrl: before.user, trainingUrl: before.training, users: 100, dirt: false });
});
/** Those whose rows a test has changed. */
const changed = new Set([after.user, after.training]);
beforeEach(async () => {
  for (const [index, name] of names.slice(2).entries()) {
    if (!changed.has(urlsAfter[index]!)) continue;
    await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${names[index]}"`);
  }
  changed.clear();
});
afterAll(async () => {
  for (const name of names) await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  await admin.end();
});

const change = async (url: string, sql: string) => {
  changed.add(url);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};
const read = async <Row>(sql: string): Promise<Row[]> => {
  const client = new Client({ connectionString: before.user });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
};
const verify = (written: readonly LedgerRow[] = []) =>
  verifyRows({ before, after, shape: 'numeric', written });
const wrote = (over: Partial<LedgerRow>): LedgerRow => ({
  ...{ table: 'sessions', key: 'a-token', references: ['3'], outcome: 'committed' },
  ...over,
});
const openSession = (userId: number) =>
  change(
    after.user,
    `INSERT INTO "sessions" ("userId", "token", "expiresAt") VALUES (${userId}, 'a-token', now())`,
  );

it('finds nothing where nothing changed', async () => {
  const verified = await verify();
  expect(verified.map(({ table }) => table)).toHaveLength(8);
  for (const { references } of verified) expect(references).toBeGreaterThan(0);
});

it.each([
  [
    'user',
    'sessions',
    `UPDATE "sessions" SET "userId" = CASE "userId" WHEN 1 THEN 2 ELSE 1 END WHERE "id" = 1`,
  ],
  [
    'user',
    'audit_entries',
    `UPDATE "audit_entries" SET "actorId" = NULL WHERE "id" IN (SELECT min("id") FROM "audit_entries" WHERE "actorId" > 0)`,
  ],
  [
    'user',
    'parent_links',
    `DELETE FROM "parent_links" WHERE ctid IN (SELECT ctid FROM "parent_links" LIMIT 1)`,
  ],
  ['training', 'workout_sessions', `UPDATE "workout_sessions" SET "playerIds" = "playerIds" || 1`],
  [
    'training',
    'workout_sessions',
    `UPDATE "workout_sessions" SET "metadata" = "metadata" || '{"coachIds": [99]}'`,
  ],
  ['training', 'notes', `UPDATE "notes" SET "subjectId" = '1' WHERE "subjectType" = 'session'`],
] as const)('finds what changed in the %s database, in %s', async (database, table, sql) => {
  await change(after[database], sql);
  await expect(verify()).rejects.toMatchObject({
    code: 'ROWS_DIFFER',
    message: expect.stringMatching(
      new RegExp(`^the conversion changed what it must keep:\n${table}: \\d+ references[^\n]*$`),
    ),
  });
});

it.each([
  ['user', 'users', `UPDATE "users" SET "firstName" = 'Another' WHERE "id" = 1`],
  [
    'training',
    'workout_sessions',
    `UPDATE "workout_sessions" SET "metadata" = "metadata" || '{"weather": "snow"}' WHERE "metadata" IS NOT NULL`,
  ],
] as const)(
  'finds a column of the %s database that has nothing to do with ids, in %s',
  async (database, table, sql) => {
    await change(after[database], sql);
    await expect(verify()).rejects.toThrow(
      `the conversion changed what it must keep:\n${table}: rows that no client wrote differ in columns that are not converted at all`,
    );
  },
);

it('reads databases of which one is ahead of the other', async () => {
  const idMap = 'public.user_ids';
  await change(
    after.user,
    `CREATE TABLE ${idMap} AS SELECT "id" AS "number", gen_random_uuid() AS "uuid" FROM "users";
     DROP VIEW "active_users";
     ALTER TABLE "sessions" DROP CONSTRAINT "FK_57de40bc620f456c7311aa3a1e6", ALTER "userId" TYPE text;
     ALTER TABLE "parent_links" DROP CONSTRAINT "FK_1104ad9d6ea62e14b6c344d5b29", DROP CONSTRAINT "FK_83328c0b60fda1108741759ac5b",
       ALTER "parentId" TYPE text, ALTER "childId" TYPE text;
     ALTER TABLE "audit_entries" DROP CONSTRAINT "FK_a8456bc89d026672de07047358c", ALTER "actorId" TYPE text;
     ALTER TABLE "users" ALTER "id" DROP DEFAULT, ALTER "id" TYPE text;
     UPDATE "users" SET "id" = "uuid" FROM ${idMap} WHERE "number"::text = "id";
     UPDATE "sessions" SET "userId" = "uuid" FROM ${idMap} WHERE "number"::text = "userId";
     UPDATE "parent_links" SET "parentId" = "uuid" FROM ${idMap} WHERE "number"::text = "parentId";
     UPDATE "parent_links" SET "childId" = "uuid" FROM ${idMap} WHERE "number"::text = "childId";
     UPDATE "audit_entries" SET "actorId" = "uuid" FROM ${idMap} WHERE "number"::text = "actorId"`,
  );
  const shape = { user: 'uuid', training: 'numeric' } as const;
  await verifyRows({ before, after, shape, idMap: { user: idMap }, written: [] });
  await expect(verifyRows({ before, after, shape, written: [] })).rejects.toMatchObject({
    code: 'ROWS_DIFFER',
  });
});

it('knows rows that clients wrote, and what they refer to', async () => {
  await openSession(3);
  await expect(verify()).rejects.toMatchObject({ code: 'ROWS_DIFFER' });
  const verified = await verify([wrote({})]);
  expect(verified.find(({ table }) => table === 'sessions')).toMatchObject({ written: 1 });
});

it('names a row that is not as the client that wrote it knows it', async () => {
  await openSession(4);
  await expect(verify([wrote({})])).rejects.toThrow(
    'sessions: a-token refers to 4 at place 0, and the client that wrote it says 3',
  );
});

it('names a row that is gone', async () => {
  await expect(verify([wrote({})])).rejects.toThrow('sessions: a-token refers to nothing at place 0');
});

it('takes either where a client does not know whether it wrote, and nothing else', async () => {
  const unknown = wrote({ outcome: 'unknown', otherwise: 'nothing' });
  await verify([unknown]);
  await openSession(3);
  await verify([unknown]);
  await verify([wrote({ references: ['8'], outcome: 'unknown', otherwise: ['3'] })]);
  await expect(verify([wrote({ references: ['8'], outcome: 'unknown', otherwise: ['9'] })])).rejects.toThrow(
    'sessions: a-token refers to 3, which is neither what the client meant to write nor what was there before',
  );
});

it('knows what a row was before somebody may have changed it', async () => {
  const [session] = await read<{ token: string; userId: number }>(
    'SELECT "token", "userId" FROM "sessions" WHERE "id" = 1',
  );
  const { token, userId } = session!;
  const [meant, never] = [1, 2, 3].filter((id) => id !== userId);
  const moved = wrote({
    key: token,
    references: [String(meant)],
    outcome: 'unknown',
    otherwise: 'as it was',
  });
  await verify([moved]);
  await change(after.user, `UPDATE "sessions" SET "userId" = ${meant} WHERE "id" = 1`);
  await verify([moved]);
  await change(after.user, `UPDATE "sessions" SET "userId" = ${never} WHERE "id" = 1`);
  await expect(verify([moved])).rejects.toThrow(`sessions: ${token} refers to ${never}, which is neither`);
});

it('knows nothing of a row whose id the database made, when no answer came', async () => {
  await verify([
    wrote({
      table: 'users',
      key: 'new@clients.example',
      references: [],
      outcome: 'unknown',
      otherwise: 'nothing',
    }),
  ]);
});
