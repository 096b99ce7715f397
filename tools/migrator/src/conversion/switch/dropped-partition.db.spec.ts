import type { IdConversion } from '../declaration';
import { readFacts } from '../inspect/read-facts';
import { createTrialDatabase, type TrialDatabase } from '../trial-schemas/trial-database';
import { switchStatements } from './switch-shape';

const CONVERSION: IdConversion = {
  name: 'events',
  service: 'user-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [{ kind: 'column', table: 'events', column: 'user_id', to: 'users' }],
};

let trial: TrialDatabase;
beforeAll(async () => {
  trial = await createTrialDatabase(CONVERSION, [
    `CREATE TABLE users (id serial PRIMARY KEY)`,
    `CREATE TABLE events (user_id int NOT NULL REFERENCES users (id), year int, UNIQUE (user_id, year)) PARTITION BY LIST (year)`,
    `CREATE TABLE events_2025 PARTITION OF events FOR VALUES IN (2025)`,
    `CREATE TABLE events_2026 PARTITION OF events FOR VALUES IN (2026)`,
    `CREATE INDEX events_user ON events (user_id)`,
    `CREATE UNIQUE INDEX events_2025_who ON events_2025 (user_id)`,
    `ALTER TABLE events_2025 REPLICA IDENTITY USING INDEX events_2025_who`,
    `ALTER TABLE events_2025 CLUSTER ON events_2025_who`,
  ]);
  for (const phase of ['addUuidColumns', 'generateUuids', 'updateReferences'] as const) await trial.up(phase);
});
afterAll(() => trial?.drop());

it('a partition that somebody drops while the switch waits for its locks is no reason to fail', async () => {
  const facts = await readFacts(trial.query, CONVERSION);
  await trial.query('DROP TABLE events_2025');
  await trial.query(switchStatements(CONVERSION, facts, 'numeric', []).join(';\n'));
  const indexes = await trial.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relname LIKE 'events\\_%' AND relkind IN ('i', 'I') ORDER BY 1`,
  );
  expect(indexes.map(({ name }) => name)).toEqual([
    'events_2026_user_id_idx',
    'events_2026_user_id_idx_numeric',
    'events_2026_user_id_year_key',
    'events_2026_user_id_year_key_numeric',
    'events_user',
    'events_user_id_year_key',
    'events_user_id_year_key_numeric',
    'events_user_numeric',
  ]);
});
