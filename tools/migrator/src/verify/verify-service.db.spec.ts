import { namedMigration } from '../testing/named-migration';
import { USERS, verdictOn, verify } from '../testing/verify-users';

describe('reversible', () => {
  it('is what down brings back, schema and rows; what up had added goes with it', async () => {
    const { verdict, errors, notes, goesWithDown } = await verdictOn(
      ['ALTER TABLE users ADD COLUMN email text', 'CREATE TABLE teams (id int PRIMARY KEY)'],
      ['DROP TABLE teams', 'ALTER TABLE users DROP COLUMN email'],
    );
    expect({ verdict, errors, notes }).toEqual({ verdict: 'reversible', errors: [], notes: [] });
    expect(goesWithDown).toEqual(['teams', 'users.email']);
  });

  it('is a rename that down takes back, and a check that down writes as Postgres prints it', async () => {
    const check = 'age BETWEEN 0 AND 9 OR age IS NULL OR age < 0 AND true OR age > 9';
    const folder = [
      USERS,
      namedMigration(
        '2-AddCheck',
        [`ALTER TABLE users ADD CONSTRAINT ck CHECK (${check})`],
        ['ALTER TABLE users DROP CONSTRAINT ck'],
      ),
      namedMigration(
        '3-Rename',
        ['ALTER TABLE users RENAME nickname TO alias', 'ALTER TABLE users DROP CONSTRAINT ck'],
        [
          'ALTER TABLE users RENAME alias TO nickname',
          `ALTER TABLE users ADD CONSTRAINT ck CHECK ((((age >= 0) AND (age <= 9)) OR (age IS NULL) OR ((age < 0) AND true) OR (age > 9)))`,
        ],
      ),
    ];
    const { migrations } = await verify(folder);
    expect(migrations.map(({ verdict, errors }) => [verdict, errors])).toEqual([
      ['reversible', []],
      ['reversible', []],
      ['reversible', []],
    ]);
    expect(migrations[2]!.goesWithDown).toEqual([]);
  });

  it('is one after which columns have changed their names, with what is written into them then', async () => {
    const { verdict, errors, notes, goesWithDown } = await verdictOn(
      ['ALTER TABLE users RENAME age TO years', 'ALTER TABLE users RENAME nickname TO age'],
      ['ALTER TABLE users RENAME age TO nickname', 'ALTER TABLE users RENAME years TO age'],
    );
    expect({ verdict, errors, notes, goesWithDown }).toEqual({
      ...{ verdict: 'reversible', errors: [], notes: [] },
      // Its values are in a column that had the name before, with another type: nobody can tell that from a loss.
      goesWithDown: ['users.years'],
    });
  });

  it('is one outside a transaction', async () => {
    const index = 'CREATE INDEX CONCURRENTLY by_name ON users (name)';
    const { verdict } = await verdictOn([index], ['DROP INDEX CONCURRENTLY by_name'], { transaction: false });
    expect(verdict).toBe('reversible');
  });

  it('is a seed, though down takes away rows that refer to it', async () => {
    const { verdict, errors } = await verdictOn(
      [`INSERT INTO users (id, name) VALUES (900001, 'system')`],
      ['DELETE FROM users WHERE id = 900001'],
    );
    expect({ verdict, errors }).toEqual({ verdict: 'reversible', errors: [] });
  });
});

describe('lossy', () => {
  it('without error where up itself gives the values up', async () => {
    const { verdict, errors, notes } = await verdictOn(
      ['ALTER TABLE users DROP COLUMN nickname'],
      ['ALTER TABLE users ADD COLUMN nickname text'],
    );
    expect({ verdict, errors }).toEqual({ verdict: 'lossy', errors: [] });
    expect(notes[0]).toMatch(
      /^up gives up values, which no down brings back:\n {2}users\.nickname: \d rows? lost/,
    );
  });

  it('with an error where down drops what up had kept under another name', async () => {
    const { verdict, errors } = await verdictOn(
      ['ALTER TABLE users RENAME nickname TO alias'],
      ['ALTER TABLE users DROP COLUMN alias', 'ALTER TABLE users ADD COLUMN nickname text'],
    );
    expect(verdict).toBe('lossy');
    expect(errors).toEqual([
      expect.stringMatching(
        /^down loses values that up had kept:\n {2}users\.nickname: .*; up had kept it in users\.alias$/,
      ),
    ]);
  });

  it('with an error where down empties a column that up did not touch', async () => {
    const { errors } = await verdictOn(
      ['ALTER TABLE users ADD COLUMN email text'],
      ['ALTER TABLE users DROP COLUMN email', 'UPDATE users SET age = NULL'],
    );
    expect(errors).toEqual([expect.stringContaining('down loses values that up had kept:\n  users.age: ')]);
  });

  it('with an error where down cuts what was written after up', async () => {
    const { verdict, errors } = await verdictOn(
      ['ALTER TABLE users ALTER COLUMN grade TYPE int'],
      ['ALTER TABLE users ALTER COLUMN grade TYPE smallint USING grade % 32768'],
    );
    expect(verdict).toBe('lossy');
    expect(errors).toEqual([
      expect.stringMatching(/^down loses values written after up:\n {2}users\.grade: /),
    ]);
  });

  it('nowhere where down refuses what was written after up', async () => {
    const { verdict, errors, notes } = await verdictOn(
      ['ALTER TABLE users ALTER COLUMN grade TYPE int'],
      ['ALTER TABLE users ALTER COLUMN grade TYPE smallint'],
    );
    expect({ verdict, errors }).toEqual({ verdict: 'reversible', errors: [] });
    expect(notes).toEqual([
      'down can refuse once there are newer rows, changing nothing: smallint out of range (SQLSTATE 22003)',
    ]);
  });
});

describe('irreversible', () => {
  it.each([
    ['down does nothing', [], 'down does nothing, and up changes the database'],
    [
      'down leaves something',
      ['SELECT 1'],
      'down does not bring the schema back:\n  users: index by_name is not expected',
    ],
    [
      'down fails',
      ['DROP INDEX by_nickname'],
      'down fails: index "by_nickname" does not exist (SQLSTATE 42704)',
    ],
  ])('%s', async (_, down, error) => {
    const up = ['CREATE INDEX by_name ON users (name)'];
    const { verdict, errors } = await verdictOn(up, down);
    expect(verdict).toBe('irreversible');
    expect(errors).toEqual([expect.stringContaining(error)]);

    const declared = await verdictOn(up, down, { irreversible: 'nobody goes back' });
    expect(declared).toMatchObject({ verdict: 'irreversible', errors: [] });
    expect(declared.notes).toEqual([expect.stringMatching(/.*\nIt says so itself: nobody goes back$/s)]);
  });

  it('down leaves a function behind', async () => {
    const { errors } = await verdictOn(
      [`CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
      [`CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 2'`],
    );
    expect(errors).toEqual([expect.stringContaining('\n  function one(): is not expected')]);
  });

  it('a down that throws on purpose', async () => {
    const refuse = async () => {
      throw new Error('the old ids are gone');
    };
    const { verdict, errors } = await verdictOn([`INSERT INTO users VALUES (800001, 'x')`], refuse);
    expect({ verdict, errors }).toEqual({
      verdict: 'irreversible',
      errors: ['down fails: the old ids are gone'],
    });
  });

  it('says so when a migration that declares it is not', async () => {
    const { verdict, notes } = await verdictOn(['SELECT 1'], [], { irreversible: 'of age' });
    expect({ verdict, notes }).toEqual({
      verdict: 'reversible',
      notes: ['it says that it is irreversible (of age), and is not'],
    });
  });
});

describe('failed', () => {
  it('up fails; what comes after it is not verified', async () => {
    const folder = [
      USERS,
      namedMigration('2-Broken', ['CREATE TABLE users (id int)']),
      namedMigration('3-Next', ['SELECT 1']),
    ];
    const { migrations } = await verify(folder);
    expect(migrations.map(({ verdict, errors }) => [verdict, errors])).toEqual([
      ['reversible', []],
      ['failed', ['up fails: relation "users" already exists (SQLSTATE 42P07)']],
      ['not-verified', [`not verified, because Broken${folder[1]!.timestamp} before it fails`]],
    ]);
  });

  it('a column that may not be null and gets no value', async () => {
    const { verdict, errors } = await verdictOn(
      ['ALTER TABLE users ADD COLUMN email text NOT NULL'],
      ['ALTER TABLE users DROP COLUMN email'],
    );
    expect(verdict).toBe('failed');
    expect(errors).toEqual([
      'up fails: column "email" of relation "users" contains null values (SQLSTATE 23502); it would on every table with rows',
    ]);
  });

  it('the second up makes something else', async () => {
    let runs = 0;
    const { verdict, errors } = await verdictOn(
      (queryRunner) => queryRunner.query(`CREATE TABLE made${++runs} (id int)`),
      (queryRunner) => queryRunner.query(`DROP TABLE made${runs}`),
    );
    expect(verdict).toBe('failed');
    expect(errors).toEqual([
      'up makes something else the second time, after down:\n  made1: the table is missing\n  made2: the table is not expected',
    ]);
  });

  it('up works only once', async () => {
    const { errors } = await verdictOn(
      [`DO $$ BEGIN IF nextval('ups') > 1 THEN RAISE 'once is enough'; END IF; END $$`],
      ['SELECT 1'],
    );
    expect(errors).toEqual(['up works once; after down it fails: once is enough (SQLSTATE P0001)']);
  });
});
