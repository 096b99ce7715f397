/** Pure: the rows of the legacy user database, as statements that make them inside Postgres. `$1` is the moment of the seed. */
import type { Draw } from './draw';
import {
  BLOCK,
  PARENTS_OF_BLOCK,
  PLAYERS_OF_BLOCK,
  teamCode,
  userNumber,
  type Population,
} from './population';

const FIRST_NAMES = [
  'Anna',
  'Zoë',
  'Matti',
  'Jürgen',
  'Léa',
  'Noah',
  'Mia',
  'Elias',
  'Ida',
  'Oskar',
  'Sofia',
  'Liam',
];
const LAST_NAMES = [
  'Berg',
  'Virtanen',
  "O'Neil",
  'Müller',
  'Novák',
  'Lind',
  'Tremblay',
  'Ricci',
  'Smith',
  'van Dijk',
];
const ACTIONS = ['login', 'logout', 'password.changed', 'profile.updated', 'team.joined', 'team.left'];
const SECONDS_OF_YEARS = 3 * 365 * 24 * 3600;
const SECONDS_OF_MONTHS = 90 * 24 * 3600;

export function userRows(population: Population, draw: Draw): readonly string[] {
  return [
    users(population, draw),
    sessions(population, draw),
    parentLinks(population, draw),
    auditEntries(population, draw),
  ];
}

function users({ users: count }: Population, draw: Draw): string {
  const ago = (what: string, seconds: number) =>
    `$1::timestamptz - make_interval(secs => ${draw.below(seconds, what, 'n')})`;
  return `
    INSERT INTO "users" ("id", "email", "password", "firstName", "lastName", "role", "status", "teamCode", "lastLogin",
      "refreshToken", "createdAt", "updatedAt")
    SELECT ${userNumber('n')},
      translate(lower("first" || '.' || "last"), 'ëüéá'' ', 'euea') || n || '@club-' || ${draw.below(40, 'club', 'n')} || '.example',
      '$2b$10$' || left(translate(${draw.hex('password', 'n')} || ${draw.hex('password, too', 'n')}, '0369', './QZ'), 53),
      "first", "last",
      CASE
        WHEN "seat" < ${PLAYERS_OF_BLOCK} THEN 'player'
        WHEN "seat" < ${PLAYERS_OF_BLOCK + PARENTS_OF_BLOCK} THEN 'parent'
        WHEN "seat" = ${BLOCK - 3} THEN 'coach'
        WHEN "seat" = ${BLOCK - 2} THEN ${draw.oneOf(['coach', 'physical_trainer'], 'trainer', 'n')}
        ELSE ${draw.oneOf(['medical_staff', 'equipment_manager', 'physical_trainer', 'club_admin', 'admin'], 'staff', 'n')}
      END,
      CASE WHEN ${draw.chance(92, 'active', 'n')} THEN 'active' ELSE ${draw.oneOf(['inactive', 'inactive', 'suspended'], 'status', 'n')} END,
      CASE WHEN "seat" < ${BLOCK - 1} AND ${draw.chance(92, 'in a team', 'n')} THEN ${teamCode(`(n - 1) / ${BLOCK}`)} END,
      CASE WHEN ${draw.chance(88, 'logged in', 'n')} THEN ${ago('last login', SECONDS_OF_MONTHS)} END,
      CASE WHEN ${draw.chance(30, 'remembered', 'n')} THEN ${draw.hex('refresh token', 'n')} END,
      ${ago('created', SECONDS_OF_YEARS)} - interval '90 days',
      ${ago('updated', SECONDS_OF_MONTHS)}
    FROM generate_series(1, ${count}) AS n,
      LATERAL (SELECT ${draw.oneOf(FIRST_NAMES, 'first name', 'n')} AS "first", ${draw.oneOf(LAST_NAMES, 'last name', 'n')} AS "last",
        (n - 1) % ${BLOCK} AS "seat") AS person`;
}

/** A third of them expired long ago: nobody ever deleted one. */
function sessions({ users: count, sessions: rows }: Population, draw: Draw): string {
  return `
    INSERT INTO "sessions" ("userId", "token", "expiresAt")
    SELECT ${userNumber(`1 + ${draw.below(count, 'user of session', 'i')}`)}, ${draw.hex('token', 'i')} || ${draw.hex('token, too', 'i')},
      $1::timestamptz + make_interval(secs => ${draw.below(SECONDS_OF_MONTHS, 'expires', 'i')} - ${SECONDS_OF_MONTHS / 3})
    FROM generate_series(1, ${rows}) AS i`;
}

/** Two thirds of the players have a parent here, and some of these a second one. */
function parentLinks({ blocks }: Population, draw: Draw): string {
  const player = `block * ${BLOCK} + seat`;
  const parent = `(${draw.below(PARENTS_OF_BLOCK, 'parent', player)} + other) % ${PARENTS_OF_BLOCK}`;
  return `
    INSERT INTO "parent_links" ("parentId", "childId")
    SELECT ${userNumber(`block * ${BLOCK} + ${PLAYERS_OF_BLOCK + 1} + ${parent}`)}, ${userNumber(`${player} + 1`)}
    FROM generate_series(0, ${blocks - 1}) AS block, generate_series(0, ${PLAYERS_OF_BLOCK - 1}) AS seat, generate_series(0, 1) AS other
    WHERE CASE other WHEN 0 THEN ${draw.chance(65, 'has a parent', player)} ELSE ${draw.chance(15, 'has two', player)} END`;
}

function auditEntries({ users: count, auditEntries: rows }: Population, draw: Draw): string {
  return `
    INSERT INTO "audit_entries" ("actorId", "action", "at")
    SELECT CASE WHEN ${draw.chance(90, 'has an actor', 'i')} THEN ${userNumber(`1 + ${draw.below(count, 'actor', 'i')}`)} END,
      ${draw.oneOf(ACTIONS, 'action', 'i')}, $1::timestamptz - make_interval(secs => ${draw.below(SECONDS_OF_YEARS, 'at', 'i')})
    FROM generate_series(1, ${rows}) AS i`;
}
