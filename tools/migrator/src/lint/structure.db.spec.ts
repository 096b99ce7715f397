import { lintMigration, lintMigrations } from '../testing/lint-specimens';
import { sqlMigration } from '../testing/sql-migration';
import type { DeclaredReference } from './facts';
import type { Finding } from './finding';

const brief = (findings: readonly Finding[]) =>
  findings.map(({ rule, severity, subject }) => `${severity} ${rule}${subject ? ` ${subject}` : ''}`);
const UNINDEXED = 'CREATE TABLE notes (id uuid PRIMARY KEY, user_id uuid REFERENCES users)';
const reference = (column: string): DeclaredReference => ({
  table: 'notes',
  column,
  targetService: 'team-service',
  targetTable: 'clubs',
});
const entities = (...references: DeclaredReference[]) => ({
  tables: new Map([
    ['users', class User {}],
    ['teams', class Team {}],
    ['notes', class Note {}],
  ]),
  references: [
    ...references,
    { table: 'users', column: 'mentor', targetService: 'user-service', targetTable: 'users' },
  ],
});

test('a foreign key without an index, told where it came and never again', async () => {
  const findings = await lintMigrations([
    sqlMigration([UNINDEXED]),
    sqlMigration(['ALTER TABLE notes ADD COLUMN body text']),
  ]);
  expect(brief(findings)).toEqual(['error structure/unindexed-foreign-key notes.user_id']);
  expect(findings[0]!.fix).toContain('`CREATE INDEX CONCURRENTLY "ix_notes_user_id" ON "notes" ("user_id")`');
});

test.each([
  ['a later migration', [UNINDEXED], ['CREATE INDEX CONCURRENTLY ON notes (user_id)']],
  ['the first of several columns', [UNINDEXED], ['CREATE INDEX CONCURRENTLY ON notes (user_id, id)']],
  [
    'an index of all rows that refer',
    [UNINDEXED],
    ['CREATE INDEX CONCURRENTLY ON notes (user_id) WHERE user_id IS NOT NULL'],
  ],
])('indexed by %s', async (_what, first, second) => {
  expect(
    brief(await lintMigrations([sqlMigration(first), sqlMigration(second, { transaction: false })])),
  ).toEqual([]);
});

test.each([
  ['the second of several columns', 'CREATE INDEX CONCURRENTLY ON notes (id, user_id)'],
  ['an index of some rows', 'CREATE INDEX CONCURRENTLY ON notes (user_id) WHERE id IS NOT NULL'],
])('not indexed by %s', async (_what, index) => {
  const findings = await lintMigrations([
    sqlMigration([UNINDEXED]),
    sqlMigration([index], { transaction: false }),
  ]);
  expect(brief(findings)).toEqual(['error structure/unindexed-foreign-key notes.user_id']);
});

test('a reference that no entity declares', async () => {
  const table = [
    'CREATE TABLE notes (id uuid PRIMARY KEY, club_id uuid, coach_ids uuid[], game_id int, device_id text)',
  ];
  expect(brief(await lintMigration(table, {}, { entities: entities(reference('club_id')) }))).toEqual([
    'error structure/undeclared-reference notes.coach_ids',
    'error structure/undeclared-reference notes.game_id',
  ]);
  const lintOf = { 'structure/undeclared-reference(notes.game_id)': 'numbers of the league, not rows' };
  const declared = entities(reference('club_id'), reference('coach_ids'));
  expect(brief(await lintMigration(table, { lint: lintOf }, { entities: declared }))).toEqual([]);
});

test('a foreign key to a table of another service', async () => {
  const copy = [
    'CREATE TABLE clubs (id uuid PRIMARY KEY)',
    'CREATE TABLE notes (id uuid PRIMARY KEY, club_id uuid REFERENCES clubs)',
    'CREATE INDEX ON notes (club_id)',
  ];
  const expected = ['error structure/foreign-key-to-another-service notes.club_id'];
  expect(brief(await lintMigration(copy, {}, { entities: entities(reference('club_id')) }))).toEqual(
    expected,
  );

  class Club {}
  const others = new Map([['team-service', { tables: new Map([['clubs', Club]]), references: [] }]]);
  expect(brief(await lintMigration(copy, {}, { entities: entities(), others }))).toEqual(expected);
  const imported = { ...entities(), tables: new Map([['clubs', Club]]) };
  expect(brief(await lintMigration(copy, {}, { entities: imported, others }))).toEqual(expected);
  const own = { ...entities(), tables: new Map([['clubs', class Club {}]]) };
  expect(brief(await lintMigration(copy, {}, { entities: own, others }))).toEqual([]);
});

test('timestamps and dependencies', async () => {
  const timestamp = 1_900_000_000_000;
  const [future] = await lintMigration(
    ['SELECT 1'],
    { timestamp, name: 'Later1900000000000' },
    { now: 1_750_000_000_000 },
  );
  expect(future).toMatchObject({ rule: 'structure/future-timestamp', severity: 'error' });
  expect(future!.message).toContain('2030-03-17T17:46:40.000Z');
  expect(await lintMigration(['SELECT 1'], { timestamp }, { now: timestamp - 23 * 3_600_000 })).toEqual([]);

  const dependsOn = ['team-service:AddTeams', 'team-service:AddClubs'];
  expect(
    brief(await lintMigration(['SELECT 1'], { dependsOn }, { known: ['team-service:AddTeams'] })),
  ).toEqual(['error structure/unknown-dependency team-service:AddClubs']);
});
