import { mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withConnection } from '../pg/connect';
import { withDatabase } from '../pg/connection-url';
import { testServerUrl } from '../testing/migrator-tests.config';
import { cloneName, newBackupId, unfinishedCloneName } from './backup-id';
import { beginBackup } from './backup-store';
import { sweepClones, sweepUnfinished } from './sweep-unfinished';

const SERVICE = 'user-service';
const HOURS_MS = 60 * 60 * 1_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOURS_MS);

const made: string[] = [];
const admin = (sql: string) => withConnection(testServerUrl(), 'test', (client) => client.query(sql));
async function make(name: string): Promise<string> {
  made.push(name);
  await admin(`CREATE DATABASE "${name}"`);
  return name;
}
async function there(names: readonly string[]): Promise<string[]> {
  const { rows } = await withConnection(testServerUrl(), 'test', (client) =>
    client.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE datname = ANY ($1)', [
      names,
    ]),
  );
  const found = new Set(rows.map(({ name }) => name));
  return names.filter((name) => found.has(name));
}
afterEach(async () => {
  for (const name of made.splice(0)) await admin(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
});

it('drops unfinished clones that are old and that nobody is connected to, and no others', async () => {
  const old = await make(unfinishedCloneName(newBackupId(ago(2))));
  const used = await make(unfinishedCloneName(newBackupId(ago(2))));
  const young = await make(unfinishedCloneName(newBackupId(ago(0.5))));
  const complete = await make(cloneName(newBackupId(ago(2))));
  await withConnection(withDatabase(testServerUrl(), used, SERVICE), SERVICE, () =>
    sweepClones(testServerUrl(), SERVICE),
  );
  expect(await there([old, used, young, complete])).toEqual([used, young, complete]);
});

it('drops the clone of an unfinished backup that came as far as its last name', async () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'hockey-hub-sweep-'));
  try {
    const id = newBackupId(ago(2));
    const clone = await make(cloneName(id));
    const path = await beginBackup({ folder, service: SERVICE, id });
    const manifest = join(path, 'manifest.json');
    writeFileSync(manifest, JSON.stringify({ id, clone }));
    await sweepUnfinished(folder, testServerUrl(), SERVICE);
    expect(await there([clone])).toEqual([clone]);

    for (const aged of [manifest, path]) utimesSync(aged, ago(2), ago(2));
    await sweepUnfinished(folder, testServerUrl(), SERVICE);
    expect(await there([clone])).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
