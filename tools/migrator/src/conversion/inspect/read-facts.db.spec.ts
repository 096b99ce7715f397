import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { connect } from '../../pg/connect';
import { queryOf } from '../../pg/query';
import type { ConversionFacts } from './facts';
import { readFacts } from './read-facts';
import { SPECIMEN_CONVERSION, SPECIMEN_PARTITIONED_REFERENCES } from './specimen-declaration';
import { specimenRows } from './specimen/rows';
import { SPECIMEN_SCHEMA } from './specimen/schema';

let database: TestDatabase;
let client: Client;
let facts: ConversionFacts;
beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.url, 'test');
  for (const statement of SPECIMEN_SCHEMA) await client.query(statement);
  for (const statement of specimenRows(40)) await client.query(statement);
  await client.query('ANALYZE');
  // Names are printed the same, whatever the session looks through.
  await client.query(`SET search_path = club; SET jit = on`);
  const references = [...SPECIMEN_CONVERSION.references, ...SPECIMEN_PARTITIONED_REFERENCES];
  facts = await readFacts(queryOf(client), { ...SPECIMEN_CONVERSION, references });
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const table = (name: string) => facts.tables[name]!;
const column = (of: string, name: string) => table(of).columns.find((one) => one.name === name)!;
const index = (of: string, name: string) => table(of).indexes.find((one) => one.name === name)!;
const constraint = (of: string, name: string) => table(of).constraints.find((one) => one.name === name)!;

it('has every table with a twin, and nothing else', () => {
  expect(Object.keys(facts.tables).sort()).toEqual(
    [
      ...new Set([...SPECIMEN_CONVERSION.references.map((one) => one.table), 'matches', 'practice_logs']),
    ].sort(),
  );
  expect(Object.keys(facts.relations).sort()).toEqual(Object.keys(facts.tables).sort());
  expect(table('club.clubs')).toMatchObject({
    schema: 'club',
    relation: 'clubs',
    kind: 'table',
    isOwned: true,
    persistence: 'permanent',
  });
  expect(table('users')).toMatchObject({ options: ['fillfactor=90'], estimatedRows: 40, comment: 'people' });
  expect(table('users').pages).toBeGreaterThan(0);
});

it('is read without JIT, which would take thirty times as long as reading does', async () => {
  const { rows } = await client.query<{ jit: string }>('SHOW jit');
  expect(rows).toEqual([{ jit: 'off' }]);
});

it('columns: identities, sequences, defaults, generated ones, domains, enums, grants, statistics', () => {
  expect(column('users', 'id')).toMatchObject({
    position: 1,
    type: 'integer',
    notNull: true,
    default: `nextval('users_id_seq'::regclass)`,
    identity: null,
    sequence: 'users_id_seq',
    grants: [{ grantee: 'PUBLIC', privilege: 'SELECT', isGrantable: false }],
    comment: 'the number',
  });
  expect(column('club.clubs', 'id')).toMatchObject({
    type: 'smallint',
    default: null,
    identity: 'by default',
    sequence: 'club.clubs_id_seq',
  });
  expect(column('teams', 'id')).toMatchObject({ identity: 'always', sequence: 'teams_id_seq' });
  expect(column('users', 'nick')).toMatchObject({ type: 'nickname', domainOver: 'character varying(40)' });
  expect(column('users', 'mail_domain')).toMatchObject({ default: null, generatedFrom: ['email'] });
  expect(column('users', 'club_id').statisticsTarget).toBe(500);
  expect(column('sessions', 'user_id').options).toEqual(['n_distinct=-0.3']);
  expect(column('notes', 'subject_type').enumLabels).toEqual(['user', 'team', 'page']);
  expect(facts.sequences['match_numbers']).toMatchObject({
    start: '1000',
    ownedBy: null,
    usedBy: [{ table: 'matches', column: 'id' }],
  });
  expect(facts.sequences['club.clubs_id_seq']).toMatchObject({
    start: '-5',
    min: '-32768',
    ownedBy: { table: 'club.clubs', column: 'id' },
  });
});

it('indexes: keys, INCLUDE, predicates, expressions, what they depend on, marks', () => {
  expect(index('users', 'users_of_club')).toMatchObject({
    method: 'btree',
    unique: false,
    columns: ['club_id', 'id'],
    keys: [{ isDescending: false }, { isDescending: true, hasNullsFirst: false }],
    include: ['email'],
    dependsOn: ['id', 'email', 'club_id', 'is_active'],
    predicate: 'is_active',
    options: ['fillfactor=80'],
  });
  expect(index('users', 'users_referred')).toMatchObject({
    unique: true,
    columns: ['referredBy', null],
    keys: [
      { column: 'referredBy', expression: '"referredBy"', operatorClass: null, collation: null },
      {
        column: null,
        expression: 'lower(email::text)',
        operatorClass: 'pg_catalog.text_pattern_ops',
        collation: 'pg_catalog."C"',
      },
    ],
    dependsOn: ['email', 'referredBy'],
  });
  expect(index('teams', 'teams_captain_once')).toMatchObject({
    constraint: 'teams_captain_once',
    isImmediate: false,
  });
  expect(index('sessions', 'sessions_user')).toMatchObject({
    isClustered: true,
    comment: 'for logging out everywhere',
  });
  expect(index('parent_links', 'parent_links_pk')).toMatchObject({ primary: true, isReplicaIdentity: true });
  expect(index('team_members', 'team_members_team_id_jersey_key').nullsNotDistinct).toBe(true);
  expect(index('match_events', 'match_events_one_end').dependsOn).toEqual(['match_id', 'kind']);
});

it('constraints, and foreign keys that point at a table', () => {
  expect(constraint('users', 'users_main_team_fk')).toMatchObject({
    kind: 'foreign key',
    columns: ['main_team_id'],
    references: { table: 'teams', columns: ['id'] },
    deferrable: true,
    initiallyDeferred: true,
    onDelete: 'no action',
    validated: true,
    isEnforced: true,
  });
  expect(constraint('awards', 'awards_of_members')).toMatchObject({
    isMatchFull: true,
    columns: ['team_id', 'user_id'],
  });
  expect(constraint('shifts', 'shifts_of_members')).toMatchObject({
    onDelete: 'cascade',
    onUpdate: 'cascade',
  });
  expect(constraint('users', 'users_refer_others')).toMatchObject({
    kind: 'check',
    columns: ['referredBy', 'id'],
    expression: '("referredBy" <> id)',
  });
  expect(constraint('match_events', 'match_events_one_end')).toMatchObject({
    kind: 'exclusion',
    columns: ['match_id', 'kind'],
  });
  expect(constraint('teams', 'teams_captain_fk').comment).toBe('may be nobody');
  expect(table('team_members').inbound.map((one) => `${one.table}.${one.constraint.name}`)).toEqual([
    'awards.awards_of_members',
    'shifts.shifts_of_members',
  ]);
  expect(table('club.clubs').inbound.map((one) => one.table)).toEqual(['teams', 'users']);
});

it('triggers, rules, policies, publications, statistics, partitions, functions', () => {
  expect(table('users').triggers).toMatchObject([
    {
      name: 'note_mail',
      columns: ['email'],
      whenReads: ['email'],
      functionName: 'note_mail',
      enabled: 'origin',
    },
    { name: 'touch_users', columns: [], whenReads: [] },
  ]);
  expect(table('audit_entries').rules).toMatchObject([{ name: 'audit_stays', reads: [] }]);
  expect(table('sessions')).toMatchObject({
    rowSecurity: 'on',
    policies: [
      {
        name: 'long_tokens',
        isPermissive: false,
        command: 'INSERT',
        roles: ['PUBLIC'],
        reads: { sessions: ['token'] },
        definition:
          'CREATE POLICY long_tokens ON public.sessions AS RESTRICTIVE FOR INSERT TO PUBLIC WITH CHECK ((length(token) > 8))',
      },
      { name: 'own_sessions', reads: { users: ['email', 'id'], sessions: ['user_id'] } },
    ],
  });
  expect(facts.otherPolicies).toMatchObject([{ table: 'settings', name: 'of_active' }]);
  expect(table('invoices').publications).toMatchObject([
    {
      name: 'bills',
      columns: ['id', 'payer_id', 'amount'],
      rowFilter: '(amount > 0)',
      filterReads: ['amount'],
    },
  ]);
  expect(table('parent_links')).toMatchObject({
    replicaIdentity: 'index',
    publications: [{ name: 'links' }],
  });
  expect(table('invoices').statistics).toMatchObject([{ dependsOn: ['payer_id', 'amount'] }]);
  expect(table('practice_logs')).toMatchObject({
    kind: 'partitioned table',
    partitionKey: ['logged_at'],
    partitions: ['practice_logs_2025', 'practice_logs_later'],
  });
  expect(table('users').grants).toEqual([
    { grantee: 'pg_monitor', privilege: 'INSERT', isGrantable: true },
    { grantee: 'pg_monitor', privilege: 'SELECT', isGrantable: true },
  ]);
  expect(facts.functions.map(({ name }) => name)).toEqual(['note_mail()', 'touch()']);
});

it('views in the order in which they can be made, with all that hangs on them', () => {
  const names = facts.views.map(({ name }) => name);
  expect([...names].sort()).toEqual(['active_users', 'captains', 'club.roster_sizes', 'rosters']);
  expect(names.indexOf('active_users')).toBeLessThan(names.indexOf('captains'));
  expect(names.indexOf('rosters')).toBeLessThan(names.indexOf('club.roster_sizes'));
  const view = (name: string) => facts.views.find((one) => one.name === name)!;
  expect(view('captains')).toMatchObject({
    isMaterialized: true,
    isPopulated: true,
    columns: [
      { name: 'team_id', type: 'bigint' },
      { name: 'user_id', type: 'integer' },
    ],
    reads: { active_users: ['id'], teams: ['captain_id', 'id'] },
    indexes: [{ name: 'captains_team' }],
  });
  expect(view('rosters').attached).toEqual([
    `COMMENT ON VIEW public.rosters IS 'who plays where'`,
    `COMMENT ON COLUMN public.rosters.user_id IS 'of users'`,
    `GRANT SELECT (email) ON public.rosters TO pg_monitor`,
  ]);
  expect(view('active_users')).toMatchObject({
    options: ['security_barrier=true'],
    grants: [{ grantee: 'PUBLIC', privilege: 'SELECT', isGrantable: false }],
  });
});

it('what the session may do, and what is taken', async () => {
  expect(facts.session).toMatchObject({ mayCreateSchemas: true });
  expect(facts.begun).toEqual([]);
  expect(facts.schemas['club']).toMatchObject({ mayCreate: true });
  expect(facts.schemas['club']!.relations).toContain('roster_sizes');
  await client.query(`SET ROLE pg_monitor`);
  try {
    const asOther = await readFacts(queryOf(client), SPECIMEN_CONVERSION);
    expect(asOther.session).toEqual({
      role: 'pg_monitor',
      mayCreateSchemas: false,
      bypassesRowSecurity: false,
    });
    expect(asOther.tables['users']!.isOwned).toBe(false);
  } finally {
    await client.query(`RESET ROLE`);
  }
});
