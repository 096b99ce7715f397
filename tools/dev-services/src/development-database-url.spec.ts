import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDevelopmentDatabaseUrl } from './development-database-url';

test('takes the server that DATABASE_URL names and starts nothing', async () => {
  const dataRoot = join(tmpdir(), `hockey-hub-never-made-${process.pid}`);
  const DATABASE_URL = 'postgres://app:secret@db.example:5432/hockey';
  expect(await ensureDevelopmentDatabaseUrl({ DATABASE_URL }, { dataRoot })).toBe(DATABASE_URL);
  expect(existsSync(dataRoot)).toBe(false);
});
