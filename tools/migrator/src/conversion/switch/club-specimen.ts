/**
 * A club's database with one of everything that hangs on a converted column, for the specs of the rooms that move it to the other side.
 * Two keys that refer to each other, a reference to a key that is its own table's, one that waits for the commit, an array.
 */
import type { IdConversion } from '../declaration';

/** A role of the server, not of the database: the spec that makes it drops it. */
export interface ClubRoles {
  readonly reader: string;
}

export const CLUB: IdConversion = {
  name: 'club',
  service: 'user-service',
  owner: 'user-service',
  keys: [
    { table: 'users', column: 'id' },
    { table: 'teams', column: 'id' },
  ],
  references: [
    { kind: 'column', table: 'users', column: 'mentorId', to: 'users' },
    { kind: 'column', table: 'users', column: 'teamId', to: 'teams' },
    { kind: 'column', table: 'teams', column: 'captainId', to: 'users' },
    { kind: 'column', table: 'sessions', column: 'userId', to: 'users' },
    { kind: 'column', table: 'parent_links', column: 'parentId', to: 'users' },
    { kind: 'column', table: 'parent_links', column: 'childId', to: 'users' },
    { kind: 'column', table: 'link_notes', column: 'parentId', to: 'users' },
    { kind: 'column', table: 'link_notes', column: 'childId', to: 'users' },
    { kind: 'column', table: 'bookings', column: 'userId', to: 'users' },
    { kind: 'array', table: 'bookings', column: 'guestIds', to: 'users' },
    { kind: 'column', table: 'audit_entries', column: 'actorId', to: 'users' },
  ],
};

export const clubSchema = ({ reader }: ClubRoles): string => `
  CREATE EXTENSION btree_gist;
  CREATE TABLE users (
    id serial PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    "mentorId" int CONSTRAINT users_mentor REFERENCES users ON DELETE SET NULL,
    "teamId" int,
    note text DEFAULT 'the "id" of nobody'
  );
  COMMENT ON TABLE users IS 'people';
  COMMENT ON CONSTRAINT users_pkey ON users IS 'the key';
  COMMENT ON COLUMN users.id IS 'a number';
  CREATE TABLE teams (
    id bigint GENERATED ALWAYS AS IDENTITY,
    "captainId" int NOT NULL,
    name text,
    PRIMARY KEY (id) INCLUDE (name),
    CONSTRAINT teams_captain FOREIGN KEY ("captainId") REFERENCES users (id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
  );
  ALTER TABLE users ADD CONSTRAINT users_team FOREIGN KEY ("teamId") REFERENCES teams (id) ON DELETE SET NULL;
  CREATE INDEX "users by team" ON users ("teamId", lower(email) DESC NULLS LAST) INCLUDE (note)
    WITH (fillfactor = 70) WHERE "teamId" IS NOT NULL AND note <> 'teamId';
  COMMENT ON INDEX "users by team" IS 'who plays where';
  CREATE STATISTICS users_teams (ndistinct, dependencies) ON "teamId", "mentorId" FROM users;
  CREATE INDEX users_mentor_ix ON users ("mentorId");
  ALTER TABLE users CLUSTER ON users_mentor_ix;
  ALTER TABLE users ADD CONSTRAINT users_own_mentor CHECK ("mentorId" <> id);
  CREATE TABLE sessions (
    id serial PRIMARY KEY,
    "userId" int NOT NULL REFERENCES users ON DELETE CASCADE,
    token text NOT NULL,
    CONSTRAINT sessions_once UNIQUE ("userId", token) DEFERRABLE
  );
  CREATE UNIQUE INDEX sessions_identity ON sessions (token, "userId");
  ALTER TABLE sessions REPLICA IDENTITY USING INDEX sessions_identity;
  COMMENT ON CONSTRAINT sessions_once ON sessions IS 'no token twice';
  CREATE TABLE parent_links (
    "parentId" int REFERENCES users ON DELETE CASCADE,
    "childId" int REFERENCES users ON DELETE CASCADE,
    PRIMARY KEY ("parentId", "childId"),
    CHECK ("parentId" <> "childId")
  );
  CREATE TABLE link_notes (
    "parentId" int,
    "childId" int,
    body text,
    FOREIGN KEY ("parentId", "childId") REFERENCES parent_links MATCH FULL ON UPDATE CASCADE ON DELETE CASCADE
  );
  CREATE TABLE bookings (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    "userId" int NOT NULL REFERENCES users,
    "guestIds" int[] NOT NULL DEFAULT '{}',
    during tstzrange NOT NULL,
    CONSTRAINT bookings_apart EXCLUDE USING gist ("userId" WITH =, during WITH &&) WHERE (NOT isempty(during))
  );
  CREATE INDEX bookings_guests ON bookings USING gin ("guestIds");
  CREATE TABLE audit_entries (id bigserial PRIMARY KEY, "actorId" int REFERENCES users ON DELETE SET NULL, action text);
  CREATE INDEX audit_entries_actor ON audit_entries USING brin ("actorId");

  CREATE VIEW active_users WITH (security_barrier) AS SELECT id, email, "teamId" AS team FROM users WHERE email <> 'id';
  COMMENT ON VIEW active_users IS 'all of them';
  CREATE VIEW captains AS SELECT a.id, a.email, t.id AS "team id" FROM active_users a JOIN teams t ON t."captainId" = a.id;
  GRANT SELECT (id) ON captains TO ${reader};
  GRANT SELECT ON active_users TO ${reader};
  CREATE VIEW sessions_of_users AS SELECT u.id, u.email, count(*) AS sessions FROM users u JOIN sessions s ON s."userId" = u.id GROUP BY u.id;
  CREATE MATERIALIZED VIEW team_sizes AS SELECT team, count(*) AS size FROM active_users GROUP BY team;
  CREATE UNIQUE INDEX "team_sizes team" ON team_sizes (team);
  COMMENT ON MATERIALIZED VIEW team_sizes IS 'once a day';
  GRANT SELECT ON team_sizes TO ${reader};
  CREATE VIEW big_teams AS SELECT team FROM team_sizes WHERE size > 1;
  CREATE MATERIALIZED VIEW never_filled AS SELECT id FROM users WITH NO DATA;

  GRANT SELECT ON users, sessions TO ${reader};
  ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own_sessions ON sessions TO ${reader} USING ("userId" IN (SELECT u.id FROM users u WHERE u.email = current_user));
  CREATE TABLE letters (id serial PRIMARY KEY, email text);
  ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
  CREATE POLICY to_members ON letters USING (EXISTS (SELECT FROM users u JOIN teams t ON t."captainId" = u.id WHERE u.email = letters.email));
  CREATE PUBLICATION people FOR TABLE users (id, email) WHERE (id IS NOT NULL), audit_entries;
  CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
  CREATE TRIGGER team_changed AFTER UPDATE OF "teamId" ON users FOR EACH ROW WHEN (OLD."teamId" IS DISTINCT FROM NEW."teamId")
    EXECUTE FUNCTION tell();

  INSERT INTO users (email) SELECT 'user' || n || '@club.example' FROM generate_series(1, 50) n;
  INSERT INTO teams ("captainId", name) SELECT n, 'team ' || n FROM generate_series(1, 5) n;
  UPDATE users SET "teamId" = 1 + id % 5, "mentorId" = nullif(1 + id % 7, 3);
  INSERT INTO sessions ("userId", token) SELECT 1 + n % 50, 'token ' || n FROM generate_series(1, 200) n;
  INSERT INTO parent_links SELECT n, n + 20 FROM generate_series(1, 20) n;
  INSERT INTO link_notes SELECT n, n + 20, 'note' FROM generate_series(1, 20) n;
  INSERT INTO link_notes VALUES (NULL, NULL, 'about nobody');
  INSERT INTO bookings ("userId", "guestIds", during)
    SELECT n, ARRAY[n + 1, n + 2], tstzrange('2026-01-01', '2026-01-02') FROM generate_series(1, 20) n;
  INSERT INTO audit_entries ("actorId", action) SELECT nullif(n, 13), 'login' FROM generate_series(1, 50) n;
  REFRESH MATERIALIZED VIEW team_sizes;
`;
