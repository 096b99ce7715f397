import { namedMigration } from '../testing/named-migration';
import { verdictOn, verify } from '../testing/verify-users';

describe('rows that a migration refuses', () => {
  it('are no fault of one that makes a column obligatory', async () => {
    const { verdict, errors, notes } = await verdictOn(
      ['ALTER TABLE users ALTER COLUMN nickname SET NOT NULL'],
      ['ALTER TABLE users ALTER COLUMN nickname DROP NOT NULL'],
    );
    expect({ verdict, errors }).toEqual({ verdict: 'reversible', errors: [] });
    expect(notes).toEqual([
      expect.stringMatching(/^up refuses some rows there may be: .*\(SQLSTATE 23502\)$/),
    ]);
  });

  it('are no fault of one that adds a check', async () => {
    const { verdict, errors, notes } = await verdictOn(
      [`ALTER TABLE users ADD CONSTRAINT ck CHECK (name = 'Ada')`],
      ['ALTER TABLE users DROP CONSTRAINT ck'],
    );
    expect({ verdict, errors }).toEqual({ verdict: 'reversible', errors: [] });
    expect(notes).toEqual([
      expect.stringMatching(/^up refuses rows there may be, and was verified without any: /),
    ]);
  });

  it('are no fault of one that stops for people to decide about them; of its report the first line is told', async () => {
    const { verdict, errors, notes } = await verdictOn(
      async (queryRunner) => {
        const rows = (await queryRunner.query('SELECT FROM users')) as unknown[];
        if (rows.length > 0)
          throw Object.assign(new Error('decide about 3 rows\nAda\nBo'), { refusesRows: true });
        await queryRunner.query('ALTER TABLE users ADD COLUMN email text');
      },
      ['ALTER TABLE users DROP COLUMN email'],
    );
    expect({ verdict, errors }).toEqual({ verdict: 'reversible', errors: [] });
    expect(notes).toEqual([
      'up refuses rows there may be, and was verified without any: decide about 3 rows',
    ]);
  });
});

it('verifies the legacy road for itself, and what every database runs after the squash that replaces it', async () => {
  const legacy = (name: string, up: string[], down: string[]) => {
    const migration = namedMigration(name, up, down);
    return { ...migration, file: migration.file.replace('/migrations/', '/migrations/legacy/') };
  };
  const folder = [
    legacy('1-OldUsers', ['CREATE TABLE old (id int)'], ['DROP TABLE old']),
    legacy('2-NewUsers', ['ALTER TABLE old RENAME TO users'], ['SELECT 1/0']),
    namedMigration('3-InitialSchema', ['CREATE TABLE users (id int)'], ['DROP TABLE users'], {
      replaces: ['OldUsers', 'NewUsers'],
    }),
    namedMigration('4-AddName', ['ALTER TABLE users ADD name text'], ['ALTER TABLE users DROP name']),
  ];
  const all = await verify(folder);
  expect(all.migrations.map(({ migration, verdict }) => [migration.slice(0, -13), verdict])).toEqual([
    ['InitialSchema', 'reversible'],
    ['AddName', 'reversible'],
    ['OldUsers', 'reversible'],
    ['NewUsers', 'irreversible'],
  ]);
  expect(all.squashes).toMatchObject([{ migration: 'InitialSchema1700000000003', differences: [] }]);
  const { migrations } = await verify(folder, folder.slice(2));
  expect(migrations.map(({ errors }) => errors)).toEqual([[], []]);
});

it('stops at a migration that nobody asked about and that fails', async () => {
  const folder = [namedMigration('1-Broken', ['SELECT 1/0']), namedMigration('2-Next', ['SELECT 1'])];
  await expect(verify(folder, [folder[1]!])).rejects.toThrow(
    'replaying Broken1700000000001 (up) in a scratch database failed',
  );
});

it('stops also at one between those that were asked for', async () => {
  const folder = [
    namedMigration('1-First', ['SELECT 1']),
    namedMigration('2-Broken', ['SELECT 1/0']),
    namedMigration('3-Next', ['SELECT 1']),
  ];
  await expect(verify(folder, [folder[0]!])).rejects.toThrow(
    'running Broken1700000000002 in a scratch database failed: division by zero',
  );
});

it('says so of a file that is left over from before a squash', async () => {
  const squash = namedMigration('3-Squash', ['CREATE TABLE a (id int)'], ['DROP TABLE a'], {
    replaces: ['Gone', 'Left'],
  });
  const { migrations } = await verify([namedMigration('2-Left', ['SELECT 1/0']), squash]);
  expect(migrations.map(({ migration, verdict, errors }) => [migration, verdict, errors])).toEqual([
    ['Left1700000000002', 'not-verified', []],
    ['Squash1700000000003', 'reversible', []],
  ]);
});
