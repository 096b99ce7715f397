/**
 * Rows for the specimen, without the partitioned table: numbers that are negative, sparse and at the ends of their types; references
 * that are null, empty, repeated and in every place that the declaration names.
 */

/** @param users how many, at least 10; the rest grows with them */
export function specimenRows(users: number): readonly string[] {
  const someUser = (seed: string) => `(SELECT id FROM numbered WHERE place = 1 + (${seed}) % ${users})`;
  const withNumbers = (body: string) =>
    body.replace(
      'WITHIN',
      `WITH numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM users)`,
    );
  return [
    `INSERT INTO club.clubs (id, name) VALUES (-32768, 'least'), (0, 'zero'), (32767, 'most')`,
    `INSERT INTO club.clubs (name) VALUES ('first'), ('second')`,
    `INSERT INTO users (id, email, club_id) VALUES (-2147483648, 'least@x.org', 0), (-7, 'minus@x.org', -32768), (2147483647, 'most@x.org', 32767)`,
    `INSERT INTO users (email, nick, club_id, is_active)
       SELECT 'user' || n || '@club.org', CASE n % 3 WHEN 0 THEN 'nick' || n END, CASE n % 4 WHEN 0 THEN 0 WHEN 1 THEN -5 END, n % 5 <> 0
       FROM generate_series(1, ${users} - 3) n`,
    withNumbers(`WITHIN UPDATE users u SET "referredBy" = r.id FROM numbered r JOIN numbered me ON me.place = r.place + 1
       WHERE u.id = me.id AND me.place % 2 = 0`),
    `UPDATE club.clubs SET owner_id = -7 WHERE id IN (0, -5)`,
    withNumbers(`WITHIN INSERT INTO teams (club_id, captain_id, name)
       SELECT CASE n % 2 WHEN 0 THEN 0 ELSE -32768 END, CASE WHEN n % 3 > 0 THEN ${someUser('n')} END, 'team ' || n
       FROM generate_series(1, ${users} / 5) n`),
    `INSERT INTO teams (id, club_id, name) OVERRIDING SYSTEM VALUE VALUES (-9223372036854775808, 0, 'least'), (9223372036854775807, 0, 'most')`,
    `UPDATE users SET main_team_id = 9223372036854775807 WHERE id % 2 = 0`,
    `INSERT INTO team_members (team_id, user_id, jersey)
       SELECT t.id, u.id, row_number() OVER (PARTITION BY t.id ORDER BY u.id)
       FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM teams) t
       JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM users) u ON u.place % 4 = t.place % 4`,
    `INSERT INTO shifts (team_id, user_id, minute) SELECT team_id, user_id, 7 FROM team_members`,
    `INSERT INTO matches (home_team_id, away_team_id, played_on)
       SELECT a.id, b.id, '2026-01-01' FROM teams a JOIN teams b ON a.id <> b.id ORDER BY a.id, b.id LIMIT ${users}`,
    `INSERT INTO matches (id, home_team_id, away_team_id, played_on) VALUES (-1, -9223372036854775808, 9223372036854775807, '2026-02-02')`,
    withNumbers(`WITHIN INSERT INTO match_events (match_id, kind, participants, detail)
       SELECT m.id, CASE WHEN m.id % 2 = 0 THEN 'end' ELSE 'goal' END,
         CASE m.id % 3 WHEN 0 THEN '{}' ELSE ARRAY[-7, ${someUser('abs(m.id)')}, NULL, -7] END,
         CASE m.id % 4 WHEN 0 THEN '{}' WHEN 1 THEN jsonb_build_object('scorer', jsonb_build_object('id', ${someUser('abs(m.id)')}), 'assists', '[]'::jsonb)
           WHEN 2 THEN jsonb_build_object('scorer', NULL, 'assists', jsonb_build_array(-7, 2147483647, -7)) ELSE '{"assists": null, "scorer": {}}' END
       FROM matches m`),
    `INSERT INTO profiles (user_id, bio) SELECT id, email FROM users WHERE id % 2 = 0`,
    `INSERT INTO notes (subject_type, subject_id) SELECT 'user'::subject, id::text FROM users UNION ALL SELECT 'team', id::text FROM teams
       UNION ALL VALUES ('page'::subject, '7'), ('page', 'about us'), ('page', gen_random_uuid()::text)`,
    `INSERT INTO sessions (user_id, token) SELECT id, md5(id::text) FROM users CROSS JOIN generate_series(1, 3)`,
    `INSERT INTO audit_entries (actor_id, action) SELECT CASE WHEN id % 4 > 0 THEN id END, 'login' FROM users`,
    `INSERT INTO invoices (payer_id, amount) SELECT id, 100 FROM users`,
    `INSERT INTO parent_links (parent_id, child_id) SELECT -7, id FROM users WHERE id > 0`,
    `INSERT INTO awards (id, team_id, user_id, title) SELECT -row_number() OVER (ORDER BY team_id, user_id), team_id, user_id, 'best of ' || team_id || ' ' || user_id FROM team_members`,
    `INSERT INTO awards (id, title) VALUES (2147483647, 'nobody')`,
    `INSERT INTO lineups (match_id, sheet)
       SELECT id, jsonb_build_object('team', home_team_id, 'lines', '[{"players": [{"id": -7, "name": "a"}, {"id": 2147483647}]}, {"players": []}, {}]'::jsonb) FROM matches
       UNION ALL SELECT -1, NULL`,
    `INSERT INTO "A table whose name is so long that a suffix is cut off it 0001"
       ("The User, by the number that he or she has in the table users 1") SELECT id FROM users`,
    `INSERT INTO settings VALUES ('a', 'b')`,
    `REFRESH MATERIALIZED VIEW captains`,
  ];
}

/** For the partitioned table, in both of its partitions; some without a member. */
export const SPECIMEN_PARTITIONED_ROWS: readonly string[] = [
  `INSERT INTO practice_logs (member_id, coach_id, logged_at, minutes)
     SELECT nullif(id, 1), CASE WHEN id % 3 > 0 THEN -7 END, CASE WHEN id % 2 = 0 THEN '2025-06-01'::timestamptz ELSE '2027-06-01' END, 60 FROM users`,
];
