import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing';
import { createLegacyTablesV1 } from './legacy-tables';
import { withDecidedReferences } from './references-to-nobody';

const CONVERSION = {
  service: 'training-service',
  references: [
    { table: 'notes', column: 'subjectId', to: 'users' },
    { table: 'sessions', column: 'playerIds', to: 'users' },
  ],
} as const;

let database: TestDatabase;
let client: Client;
beforeEach(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  await createLegacyTablesV1(run);
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

const run = async (sql: string, parameters?: unknown[]) => (await client.query(sql, parameters)).rows;
const decide = (subject: string, choice: string, detail = '') =>
  run(
    `INSERT INTO id_conversion.legacy_decisions (kind, subject, choice, detail) VALUES ('references-to-nobody', $1, $2, $3)`,
    [subject, choice, detail],
  );

async function decided(): Promise<unknown> {
  let seen: unknown;
  await withDecidedReferences(run, CONVERSION, async ({ references }) => {
    seen = references;
  });
  return seen;
}

it('leaves the declaration as it is where nobody decided', async () => {
  expect(await decided()).toEqual(CONVERSION.references);
});

it('takes a decision about one column before one about all of them', async () => {
  await decide('*', 'set-null');
  await decide('notes.subjectId', 'quarantine');
  expect(await decided()).toEqual([
    { ...CONVERSION.references[0], dangling: 'quarantine' },
    { ...CONVERSION.references[1], dangling: 'set-null' },
  ]);
});

it('refuses decisions that are none, all of them, before anything is converted', async () => {
  await decide('*', 'forget');
  await decide('notes.author', 'set-null');
  await decide('notes.subjectId', 'set-null', 'please');
  await expect(decided()).rejects.toMatchObject({
    code: 'LEGACY_DECISION_INVALID',
    message: [
      'Nothing was changed. "id_conversion"."legacy_decisions" has decisions that cannot be carried out; correct or delete them:',
      `  kind 'references-to-nobody', subject '*': choice 'forget' is none. The choices are set-null, quarantine.`,
      `  kind 'references-to-nobody', subject 'notes.author': there is no such subject. The subjects are *, notes.subjectId, sessions.playerIds.`,
      `  kind 'references-to-nobody', subject 'notes.subjectId': 'set-null' takes no detail, and has 'please'.`,
    ].join('\n'),
  });
});

it('says how to decide where the conversion stops at such references, and passes every other error on', async () => {
  const found = 'notes.subjectId: 3 in 3 rows';
  const stop = Object.assign(new Error(`${found}\n1. Decide in the declaration`), {
    ...{ code: 'DANGLING_REFERENCES', found },
  });
  const error: unknown = await withDecidedReferences(run, CONVERSION, () => Promise.reject(stop)).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'LEGACY_ROWS_UNDECIDED', cause: stop, refusesRows: true });
  const { message } = error as Error;
  expect(message.split('\n').slice(0, 4)).toEqual([
    found,
    '1. Correct the rows that you can: write a number that exists, or delete the row.',
    '2. Decide about the rest, with psql in the database of training-service; about all of them for example by:',
    expect.stringMatching(/^ {5}INSERT INTO "id_conversion"\."legacy_decisions" .*'set-null', ''\);$/),
  ]);
  expect(message).not.toContain('declaration');
  expect(message).toMatch(/notes\.subjectId, sessions\.playerIds\n[^]*\n3\. Run the same command again\.$/);
  const statement = /INSERT INTO .*;/.exec(message)![0];
  await run(statement);
  expect(await decided()).toEqual(
    CONVERSION.references.map((reference) => ({ ...reference, dangling: 'set-null' })),
  );

  const other = new Error('the server is gone');
  await expect(withDecidedReferences(run, CONVERSION, () => Promise.reject(other))).rejects.toBe(other);
});
