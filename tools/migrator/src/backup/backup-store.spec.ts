import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whileInUse } from './backup-lease';
import {
  beginBackup,
  findBackup,
  listBackups,
  markVerified,
  publishBackup,
  removeBackup,
  unfinishedBackups,
  unfinishedManifest,
} from './backup-store';
import type { BackupManifest } from './manifest';
import { removeOldBackups } from './retention';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'hockey-hub-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const SERVICE = 'user-service';
const ORIGIN = '127.0.0.1:1/none';
const find = (id?: string, origin = ORIGIN) => findBackup(folder, { service: SERVICE, origin, id });
const id = (day: number) => `202611${String(day).padStart(2, '0')}T120000Z-00000a`;
const place = (day: number) => ({ folder, service: SERVICE, id: id(day) });
const manifest = (day: number, origin = ORIGIN) =>
  ({
    id: id(day),
    origin,
    service: SERVICE,
    kind: 'pg_dump',
    createdAt: `2026-11-${String(day).padStart(2, '0')}`,
    tables: {},
  }) as BackupManifest;
const names = () => readdirSync(join(folder, SERVICE)).sort();
const nothing = async () => undefined;

async function make(day: number, origin?: string) {
  await beginBackup(place(day));
  return publishBackup(place(day), manifest(day, origin), nothing);
}
const ids = async () => (await listBackups(folder, SERVICE)).map((backup) => backup.manifest.id);

it('lists what is complete, the newest first, and nothing else', async () => {
  expect(await ids()).toEqual([]);
  for (const day of [2, 9, 5]) await make(day);
  await beginBackup(place(12));
  mkdirSync(join(folder, SERVICE, id(13)));
  writeFileSync(join(folder, SERVICE, 'notes.txt'), '');
  expect(await ids()).toEqual([id(9), id(5), id(2)]);
  expect((await find()).manifest.id).toBe(id(9));
  expect((await find(id(2))).manifest.id).toBe(id(2));
});

it('tells the newer of two of the same second', async () => {
  const ids = ['b', 'c', 'a'].map((end) => `20261122T120000Z-00000${end}`);
  for (const [index, id] of ids.entries()) {
    const at = { folder, service: SERVICE, id };
    await beginBackup(at);
    await publishBackup(at, { ...manifest(1), id, createdAt: `2026-11-22T12:00:00.00${index}Z` }, nothing);
  }
  expect((await listBackups(folder, SERVICE)).map((backup) => backup.manifest.id)).toEqual(ids.reverse());
});

it('says what there is when a backup is not found', async () => {
  await expect(find()).rejects.toMatchObject({
    code: 'BACKUP_NOT_FOUND',
    message: expect.stringContaining('Take one with the verb `backup`'),
  });
  await make(1);
  await expect(find('../../etc')).rejects.toMatchObject({
    message: expect.stringContaining(`There are: ${id(1)} of ${ORIGIN}.`),
  });
});

it('takes the newest of the database that is meant, and another one when it is named', async () => {
  await make(1);
  await make(2, 'production:5432/user_service');
  expect(await ids()).toEqual([id(2), id(1)]);
  expect((await find()).manifest.id).toBe(id(1));
  expect((await find(undefined, 'production:5432/user_service')).manifest.id).toBe(id(2));
  expect((await find(id(2))).manifest.id).toBe(id(2));
  await expect(find(undefined, 'elsewhere:5432/user_service')).rejects.toMatchObject({
    code: 'BACKUP_NOT_FOUND',
    message: expect.stringContaining('One of another database is taken when it is named with --backup.'),
  });
});

it('shows nothing when the last thing to do fails, and the manifest is there to clear up by', async () => {
  await beginBackup(place(1));
  const finish = () => Promise.reject(new Error('no'));
  await expect(publishBackup(place(1), manifest(1), finish)).rejects.toThrow('no');
  expect(await ids()).toEqual([]);
  expect(await unfinishedManifest(place(1))).toEqual(manifest(1));
  await removeBackup(place(1));
  expect(names()).toEqual([]);
});

it('finds what was left unfinished, as soon as nothing in it was written for a while', async () => {
  const path = await beginBackup(place(1));
  mkdirSync(join(path, 'dump'));
  writeFileSync(join(path, 'dump', '1.dat.gz'), '');
  const long = new Date(Date.now() - 60_000);
  for (const old of ['', 'dump']) utimesSync(join(path, old), long, long);
  const before = Date.now() - 30_000;
  expect(await unfinishedBackups(folder, SERVICE, before)).toEqual([]);
  utimesSync(join(path, 'dump', '1.dat.gz'), long, long);
  expect(await unfinishedBackups(folder, SERVICE, before)).toEqual([place(1)]);
});

it('remembers that a backup was verified', async () => {
  const backup = await make(1);
  await markVerified(backup, new Date('2026-11-22T12:00:00Z'));
  expect((await find()).manifest.verifiedAt).toBe('2026-11-22T12:00:00.000Z');
  expect(readdirSync(backup.folder)).toEqual(['manifest.json']);
});

it('names a manifest that cannot be read', async () => {
  const backup = await make(1);
  writeFileSync(join(backup.folder, 'manifest.json'), '{ "id"');
  await expect(listBackups(folder, SERVICE)).rejects.toMatchObject({
    code: 'BACKUP_DAMAGED',
    message: expect.stringContaining(join(backup.folder, 'manifest.json')),
  });
});

describe('retention', () => {
  // Backups of the kind pg_dump go without a server.
  const prune = (keep: number) => removeOldBackups(folder, `postgres://nobody@${ORIGIN}`, SERVICE, keep);

  it('leaves those of other databases alone', async () => {
    await make(1, 'production:5432/user_service');
    for (const day of [2, 3]) await make(day);
    expect(await prune(1)).toEqual([id(2)]);
    expect(names()).toEqual([id(1), id(3)]);
  });

  it('keeps the newest, one at least', async () => {
    for (const day of [1, 2, 3, 4]) await make(day);
    expect(await prune(3)).toEqual([id(1)]);
    expect(await prune(3)).toEqual([]);
    expect(await prune(0)).toEqual([id(3), id(2)]);
    expect(names()).toEqual([id(4)]);
  });

  it('keeps what is being restored, and not for ever what a killed process was restoring', async () => {
    const old = await make(1);
    await make(2);
    await whileInUse(old, async () => expect(await prune(1)).toEqual([]));
    expect(readdirSync(old.folder)).toEqual(['manifest.json']);
    const lease = join(old.folder, 'in-use-00000000');
    writeFileSync(lease, '');
    expect(await prune(1)).toEqual([]);
    const long = new Date(Date.now() - 120_000);
    utimesSync(lease, long, long);
    expect(await prune(1)).toEqual([id(1)]);
  });
});
