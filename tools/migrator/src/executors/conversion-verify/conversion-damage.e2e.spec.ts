/** Each kind of damage that a conversion can have is found, and the rows are named; what belongs to the way is no damage. */
import { withConnection } from '../../pg/connect';
import type { FindingCode } from '../../conversion/verify/verification';
import type { FixtureWorkspace } from '../../testing/fixture-workspace';
import { createLegacyClub, expectSuccess } from '../../testing/legacy-club';

let workspace: FixtureWorkspace;
beforeAll(async () => {
  workspace = await createLegacyClub({ users: 30, seed: 5 });
  await expectSuccess(workspace, ['migrate']);
});
afterAll(() => workspace.remove());

const USERS = 'user-service';
const TRAINING = 'training-service';
/** A number that many rows refer to. */
const NUMBER = 1;
const UUID_OF = `(SELECT uuid FROM id_conversion.users_ids WHERE number = ${NUMBER})`;
const OTHER_UUID = `(SELECT uuid FROM id_conversion.users_ids WHERE number = ${NUMBER + 1})`;
const ASSIGNMENT = `(SELECT id FROM workout_assignments ORDER BY id LIMIT 1)`;

/** In one session, past the triggers of the conversion. */
const pastTriggers = (service: string, statements: readonly string[]) =>
  run(service, ['SET session_replication_role = replica', ...statements]);

const run = (service: string, statements: readonly string[]) =>
  withConnection(workspace.urlOf(service), service, async (client) => {
    for (const statement of statements) await client.query(statement);
  });

interface Damage {
  readonly what: string;
  readonly service: string;
  readonly damage: () => Promise<void>;
  readonly mend: () => Promise<void>;
  readonly exitCode: number;
  /** What is found, and what of it is said. */
  readonly found: readonly (readonly [FindingCode, RegExp])[];
}

const DAMAGES: readonly Damage[] = [
  {
    what: 'a UUID of another row in a column',
    service: TRAINING,
    damage: () =>
      pastTriggers(TRAINING, [
        `UPDATE workout_assignments SET "playerId" = ${NUMBER}, "playerId_uuid" = ${OTHER_UUID} WHERE id = ${ASSIGNMENT}`,
      ]),
    // As the message says, with the triggers on.
    mend: () =>
      run(TRAINING, [`UPDATE workout_assignments SET "playerId_uuid" = ${UUID_OF} WHERE id = ${ASSIGNMENT}`]),
    exitCode: 1,
    found: [
      [
        'HALVES_DIFFER',
        /workout_assignments\.playerId: of \d+ rows 1 have a number and a UUID of different rows[^]*"playerId": 1/,
      ],
    ],
  },
  {
    what: 'a UUID too many in an array',
    service: TRAINING,
    damage: () =>
      pastTriggers(TRAINING, [
        `UPDATE workout_sessions SET "playerIds_uuid" = "playerIds_uuid" || ${UUID_OF}
          WHERE id = (SELECT id FROM workout_sessions ORDER BY id LIMIT 1)`,
      ]),
    mend: () =>
      pastTriggers(TRAINING, [
        `UPDATE workout_sessions SET "playerIds_uuid" = trim_array("playerIds_uuid", 1)
          WHERE id = (SELECT id FROM workout_sessions ORDER BY id LIMIT 1)`,
      ]),
    exitCode: 1,
    found: [['HALVES_DIFFER', /workout_sessions\.playerIds: of \d+ rows 1 /]],
  },
  {
    what: 'a half that was emptied',
    service: TRAINING,
    damage: () =>
      pastTriggers(TRAINING, [
        `UPDATE workout_assignments SET "playerId" = ${NUMBER}, "playerId_uuid" = NULL WHERE id = ${ASSIGNMENT}`,
      ]),
    mend: () =>
      run(TRAINING, [`UPDATE workout_assignments SET "playerId_uuid" = ${UUID_OF} WHERE id = ${ASSIGNMENT}`]),
    exitCode: 1,
    found: [
      [
        'HALF_MISSING',
        /workout_assignments\.playerId: 1 row\(s\) have one half only[^]*"playerId_uuid": null/,
      ],
    ],
  },
  {
    what: 'a number that nobody has',
    service: TRAINING,
    damage: () =>
      run(TRAINING, [
        `UPDATE workout_assignments SET "playerId" = 999999 WHERE id = ${ASSIGNMENT}`,
        // It has waited for longer than any pair is on its way.
        `UPDATE id_conversion.waiting SET since = since - interval '1 minute'`,
      ]),
    mend: () =>
      run(TRAINING, [`UPDATE workout_assignments SET "playerId" = ${NUMBER} WHERE id = ${ASSIGNMENT}`]),
    exitCode: 1,
    found: [
      [
        'REFERS_TO_NOTHING',
        /workout_assignments\.playerId: 1 number\(s\) or UUID\(s\) that user-service does not know[^]*999999 in \{/,
      ],
    ],
  },
  {
    what: 'a pair that the copy does not have',
    service: TRAINING,
    damage: () => run(TRAINING, [`DELETE FROM id_conversion.users_ids WHERE number = ${NUMBER}`]),
    mend: () => copyPair(),
    exitCode: 1,
    found: [
      ['HALVES_DIFFER', /workout_assignments\.playerId: of/],
      ['PAIRS_MISSING', /id map of users: 1 pair\(s\) of user-service are not here[^]* {4}1\n/],
    ],
  },
  {
    what: 'a pair that the copy has otherwise',
    service: TRAINING,
    damage: () =>
      run(TRAINING, [`UPDATE id_conversion.users_ids SET uuid = gen_random_uuid() WHERE number = ${NUMBER}`]),
    mend: async () => {
      await run(TRAINING, [`DELETE FROM id_conversion.users_ids WHERE number = ${NUMBER}`]);
      await copyPair();
    },
    exitCode: 1,
    found: [
      ['HALVES_DIFFER', /workout_assignments\.playerId: of/],
      [
        'PAIRS_DIFFER',
        /id map of users: 1 pair\(s\) of the copy are not user-service's[^]* {4}1 is [0-9a-f-]{36} here, and [0-9a-f-]{36} there/,
      ],
    ],
  },
  {
    what: 'a pair too many in the copy',
    service: TRAINING,
    damage: () => run(TRAINING, [`INSERT INTO id_conversion.users_ids VALUES (777, gen_random_uuid())`]),
    mend: () => run(TRAINING, [`DELETE FROM id_conversion.users_ids WHERE number = 777`]),
    exitCode: 1,
    found: [['PAIRS_DIFFER', /777 is [0-9a-f-]{36} here, and not there/]],
  },
  {
    what: 'a pair that the owner has lost',
    service: USERS,
    damage: () => run(USERS, [`DELETE FROM id_conversion.users_ids WHERE number = ${NUMBER}`]),
    mend: () =>
      run(USERS, [`INSERT INTO id_conversion.users_ids SELECT id, id_uuid FROM users WHERE id = ${NUMBER}`]),
    exitCode: 1,
    found: [['HALVES_DIFFER', /users\.id: of \d+ rows 1 /]],
  },
  {
    what: 'a trigger that is switched off',
    service: USERS,
    damage: () => run(USERS, [`ALTER TABLE sessions DISABLE TRIGGER "!users_pair_on_insert"`]),
    mend: () => run(USERS, [`ALTER TABLE sessions ENABLE TRIGGER "!users_pair_on_insert"`]),
    exitCode: 1,
    found: [['TRIGGER_OFF', /sessions: !users_pair_on_insert: the trigger that keeps/]],
  },
  {
    what: 'an index that was not finished',
    service: USERS,
    damage: () =>
      run(USERS, [
        `UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"IDX_users_email_lower"'::regclass`,
      ]),
    mend: () =>
      run(USERS, [
        `UPDATE pg_index SET indisvalid = true WHERE indexrelid = '"IDX_users_email_lower"'::regclass`,
      ]),
    exitCode: 1,
    found: [
      [
        'INDEX_NOT_VALID',
        /IDX_users_email_lower: an index of users that is not finished, and no migrator is at work/,
      ],
    ],
  },
  {
    what: 'a foreign key that holds for new rows only',
    service: USERS,
    damage: () =>
      run(USERS, [
        `UPDATE pg_constraint SET convalidated = false WHERE conname = 'FK_57de40bc620f456c7311aa3a1e6_uuid'`,
      ]),
    mend: () =>
      run(USERS, [`ALTER TABLE sessions VALIDATE CONSTRAINT "FK_57de40bc620f456c7311aa3a1e6_uuid"`]),
    exitCode: 1,
    found: [
      ['CONSTRAINT_NOT_VALID', /sessions: FK_57de40bc620f456c7311aa3a1e6_uuid: it holds for new rows only/],
    ],
  },
  {
    what: 'a NOT NULL that one half has not got',
    service: USERS,
    damage: () => run(USERS, [`ALTER TABLE sessions ALTER "userId_uuid" DROP NOT NULL`]),
    mend: () => run(USERS, [`ALTER TABLE sessions ALTER "userId_uuid" SET NOT NULL`]),
    exitCode: 1,
    found: [['NOT_NULL_MISSING', /sessions\.userId_uuid: its other half is NOT NULL/]],
  },
  {
    what: 'no damage: a new user whose pair no event brings, and a row that waits for it',
    service: TRAINING,
    damage: async () => {
      await run(USERS, [
        `INSERT INTO users (id, email, password, role) VALUES (5000, 'n@club.test', 'x', 'player')`,
      ]);
      await run(TRAINING, [
        `UPDATE workout_assignments SET "playerId" = 5000 WHERE id = ${ASSIGNMENT}`,
        `UPDATE id_conversion.waiting SET since = since - interval '1 minute'`,
      ]);
    },
    mend: async () => {
      await run(TRAINING, [`UPDATE workout_assignments SET "playerId" = ${NUMBER} WHERE id = ${ASSIGNMENT}`]);
      await copyPair(5000);
    },
    exitCode: 3,
    found: [
      [
        'WAITING_FOR_PAIRS',
        /rows wait for 1 pair\(s\) that user-service has and that are not here yet[^]*5000 in \{/,
      ],
      ['PAIRS_MISSING', /1 pair\(s\) of user-service are not here/],
    ],
  },
];

/** What the direct copy would do. */
async function copyPair(number = NUMBER): Promise<void> {
  const [pair] = await workspace.query<{ uuid: string }>(
    USERS,
    `SELECT uuid FROM id_conversion.users_ids WHERE number = ${number}`,
  );
  await run(TRAINING, [`INSERT INTO id_conversion.users_ids VALUES (${number}, '${pair!.uuid}')`]);
}

test.each(DAMAGES)('$what', async ({ service, damage, mend, exitCode, found }) => {
  await damage();
  const verified = await workspace.cli(['conversion-verify', service]);
  await mend();
  for (const [code, said] of found) {
    expect(verified.stdout).toContain(`(${code})`);
    expect(verified.stdout).toMatch(said);
  }
  expect(verified).toMatchObject({ exitCode, stderr: '' });
  const all = await workspace.cli(['conversion-verify', '--json']);
  expect([
    all.exitCode,
    JSON.parse(all.stdout).conversions.flatMap(({ findings }: { findings: unknown[] }) => findings),
  ]).toEqual([0, []]);
});

test('an owner that cannot be asked leaves the copy unproven, and rows that wait', async () => {
  await run(TRAINING, [
    `UPDATE workout_assignments SET "playerId" = 999999 WHERE id = ${ASSIGNMENT}`,
    `UPDATE id_conversion.waiting SET since = since - interval '1 minute'`,
  ]);
  const { exitCode, stdout } = await workspace.cli(['conversion-verify', TRAINING], {
    env: { USER_SERVICE_DATABASE_URL: `${workspace.urlOf(USERS)}_gone` },
  });
  await run(TRAINING, [`UPDATE workout_assignments SET "playerId" = ${NUMBER} WHERE id = ${ASSIGNMENT}`]);
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(
    /workout_assignments\.playerId: rows wait for 1 pair\(s\), and user-service's database[^]*999999 in \{/,
  );
  expect(stdout).toContain(
    "user-service's database cannot be reached from here, so the copy was not compared",
  );
});

test.each([
  [
    TRAINING,
    `INSERT INTO workout_assignments ("sessionId", "playerId") SELECT id, ${NUMBER} FROM workout_sessions LIMIT 1`,
  ],
  [TRAINING, `UPDATE notes SET "subjectId" = '${NUMBER}' WHERE "subjectType" = 'user'`],
  [
    USERS,
    `WITH came AS (INSERT INTO users (email, password, role) VALUES (gen_random_uuid() || '@club.test', 'x', 'player') RETURNING id)
     INSERT INTO audit_entries ("actorId", action) SELECT id, 'came' FROM came`,
  ],
])('what a client of %s writes meanwhile is proven as well: %s', async (service, statement) => {
  let isOver = false;
  let writes = 0;
  const writing = withConnection(workspace.urlOf(service), service, async (client) => {
    for (; !isOver; writes += 1) await client.query(statement);
  });
  const { exitCode, stdout } = await workspace.cli(['conversion-verify', service]);
  isOver = true;
  await writing;
  expect(writes).toBeGreaterThan(10);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`${service}: users is proven.`)]);
});
