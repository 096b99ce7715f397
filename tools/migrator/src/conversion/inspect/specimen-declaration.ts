/** The conversion of the specimen (in the folder of that name): every key and every reference that it has. */
import type { IdConversion, Reference } from '../declaration';

const column = (table: string, name: string, to: string): Reference => ({
  kind: 'column',
  table,
  column: name,
  to,
});

/** Those that are foreign keys in the database, in the order in which `discoverReferences` finds them. */
export const SPECIMEN_FOREIGN_KEYS: readonly Reference[] = [
  column(
    'A table whose name is so long that a suffix is cut off it 0001',
    'The User, by the number that he or she has in the table users 1',
    'users',
  ),
  column('awards', 'team_id', 'teams'),
  column('awards', 'user_id', 'users'),
  column('club.clubs', 'owner_id', 'users'),
  column('invoices', 'payer_id', 'users'),
  column('match_events', 'match_id', 'matches'),
  column('matches', 'away_team_id', 'teams'),
  column('matches', 'home_team_id', 'teams'),
  column('parent_links', 'child_id', 'users'),
  column('parent_links', 'parent_id', 'users'),
  column('profiles', 'user_id', 'users'),
  column('sessions', 'user_id', 'users'),
  column('shifts', 'team_id', 'teams'),
  column('shifts', 'user_id', 'users'),
  column('team_members', 'team_id', 'teams'),
  column('team_members', 'user_id', 'users'),
  column('teams', 'captain_id', 'users'),
  column('teams', 'club_id', 'club.clubs'),
  column('users', 'club_id', 'club.clubs'),
  column('users', 'main_team_id', 'teams'),
  column('users', 'referredBy', 'users'),
];

/** Those that only people know of. */
export const SPECIMEN_OTHER_REFERENCES: readonly Reference[] = [
  column('audit_entries', 'actor_id', 'users'),
  column('lineups', 'match_id', 'matches'),
  { kind: 'array', table: 'match_events', column: 'participants', to: 'users' },
  { kind: 'json', table: 'match_events', column: 'detail', path: 'scorer.id', to: 'users' },
  { kind: 'json', table: 'match_events', column: 'detail', path: 'assists[*]', to: 'users' },
  { kind: 'json', table: 'lineups', column: 'sheet', path: 'lines[*].players[*].id', to: 'users' },
  { kind: 'json', table: 'lineups', column: 'sheet', path: 'team', to: 'teams' },
  {
    kind: 'polymorphic',
    table: 'notes',
    column: 'subject_id',
    typeColumn: 'subject_type',
    typeValue: 'user',
    to: 'users',
  },
  {
    kind: 'polymorphic',
    table: 'notes',
    column: 'subject_id',
    typeColumn: 'subject_type',
    typeValue: 'team',
    to: 'teams',
  },
];

/** Without the partitioned table. */
export const SPECIMEN_CONVERSION: IdConversion = {
  name: 'league',
  service: 'user-service',
  owner: 'user-service',
  keys: [
    { table: 'users', column: 'id' },
    { table: 'teams', column: 'id' },
    { table: 'club.clubs', column: 'id' },
    { table: 'matches', column: 'id' },
    { table: 'awards', column: 'id' },
  ],
  references: [...SPECIMEN_FOREIGN_KEYS, ...SPECIMEN_OTHER_REFERENCES],
};

/** A foreign key, and one that only people know of. */
export const SPECIMEN_PARTITIONED_REFERENCES: readonly Reference[] = [
  column('practice_logs', 'member_id', 'users'),
  column('practice_logs', 'coach_id', 'users'),
];
