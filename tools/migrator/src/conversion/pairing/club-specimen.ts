/** A small owner's database for the specs of pairing and views: a key of each make, and a reference of each kind. */
import type { IdConversion } from '../declaration';

export const CLUB_SCHEMA = `
  CREATE TABLE users (
    id serial PRIMARY KEY,
    email text UNIQUE,
    "mentorId" integer REFERENCES users,
    friends integer[]
  );
  CREATE TABLE teams (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "captainId" integer REFERENCES users ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
  );
  CREATE TABLE badges (id smallint PRIMARY KEY, "userId" integer REFERENCES users ON UPDATE CASCADE ON DELETE CASCADE);
  CREATE TABLE sessions (
    id serial PRIMARY KEY,
    "userId" integer NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    token text UNIQUE
  );
  CREATE TYPE subject AS ENUM ('user', 'team', 'session');
  CREATE TABLE notes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    "authorId" integer NOT NULL,
    "subjectType" subject,
    "subjectId" varchar(64),
    "readBy" integer[] NOT NULL DEFAULT '{}',
    detail jsonb
  );
  CREATE VIEW active_users AS SELECT u.id, u.email, count(s.id) AS sessions
    FROM users u LEFT JOIN sessions s ON s."userId" = u.id GROUP BY u.id, u.email;
  CREATE MATERIALIZED VIEW busy_users AS SELECT id, email FROM active_users WHERE sessions > 1;
`;

export const CLUB: IdConversion = {
  name: 'club',
  service: 'user-service',
  owner: 'user-service',
  keys: [
    { table: 'users', column: 'id' },
    { table: 'teams', column: 'id' },
    { table: 'badges', column: 'id' },
  ],
  references: [
    { kind: 'column', table: 'users', column: 'mentorId', to: 'users' },
    { kind: 'array', table: 'users', column: 'friends', to: 'users' },
    { kind: 'column', table: 'teams', column: 'captainId', to: 'users' },
    { kind: 'column', table: 'badges', column: 'userId', to: 'users' },
    { kind: 'column', table: 'sessions', column: 'userId', to: 'users' },
    { kind: 'column', table: 'notes', column: 'authorId', to: 'users' },
    {
      kind: 'polymorphic',
      table: 'notes',
      column: 'subjectId',
      typeColumn: 'subjectType',
      typeValue: 'user',
      to: 'users',
    },
    {
      kind: 'polymorphic',
      table: 'notes',
      column: 'subjectId',
      typeColumn: 'subjectType',
      typeValue: 'team',
      to: 'teams',
    },
    { kind: 'array', table: 'notes', column: 'readBy', to: 'users' },
    { kind: 'json', table: 'notes', column: 'detail', path: 'scorer.id', to: 'users' },
    { kind: 'json', table: 'notes', column: 'detail', path: 'lines[*].players[*].id', to: 'users' },
    { kind: 'json', table: 'notes', column: 'detail', path: 'team', to: 'teams' },
  ],
};
