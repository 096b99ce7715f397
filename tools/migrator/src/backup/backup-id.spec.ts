import {
  cloneName,
  idOfUnfinishedClone,
  isBackupId,
  newBackupId,
  replacedName,
  timeOfId,
  unfinishedCloneName,
} from './backup-id';

const AT = new Date('2026-11-22T19:45:01.900Z');

it('makes ids that say when, sort by it, and differ within a second', () => {
  const id = newBackupId(AT);
  expect(id).toMatch(/^20261122T194501Z-[0-9a-f]{6}$/);
  expect(newBackupId(AT)).not.toBe(id);
  expect(newBackupId(new Date('2026-12-01T00:00:00Z')) > id).toBe(true);
  expect(timeOfId(id)).toBe(Date.parse('2026-11-22T19:45:01Z'));
});

it.each([
  '',
  '..',
  '20261122T194501Z',
  '20261122T194501Z-1a2b3c.partial',
  '.unfinished-20261122T194501Z-1a2b3c',
])('does not take %j for one', (text) =>
  expect([isBackupId(text), timeOfId(text)]).toEqual([false, undefined]),
);

it('tells a clone that is being made from one that is complete', () => {
  const id = newBackupId(AT);
  expect(idOfUnfinishedClone(unfinishedCloneName(id))).toBe(id);
  expect([cloneName(id), 'migrator_backup_x_unfinished', 'users'].map(idOfUnfinishedClone)).toEqual(
    Array(3).fill(undefined),
  );
});

it('gives names that Postgres does not cut off', () => {
  const id = newBackupId(AT);
  expect(Buffer.byteLength(unfinishedCloneName(id))).toBeLessThanOrEqual(63);
  expect(replacedName('users', id)).toBe(`users_before_${id}`);
  const long = replacedName('ü'.repeat(60), id);
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(63);
  expect(long.endsWith(`_before_${id}`)).toBe(true);
});
