import { convertAndCompare, type Meddle, type TrialFailed } from './convert-and-compare';
import type { SchemaModel, TableModel } from './trial-model';

const people: TableModel = {
  name: 'people',
  key: { type: 'integer', make: 'serial' },
  keptKey: null,
  primary: 'id',
  hasTenant: false,
  isPartitioned: false,
  columns: [
    {
      kind: 'column',
      column: 'friend',
      isNullable: false,
      index: 'plain',
      to: 'people',
      type: 'integer',
      foreignKey: null,
    },
  ],
  check: null,
  view: 'none',
  rows: 6,
};
const MODEL: SchemaModel = { tables: [people], seed: 3, writesAtOnce: 2, isRefused: false };

const failureOf = async (meddle: Meddle): Promise<string> => {
  try {
    await convertAndCompare(MODEL, meddle);
  } catch (error) {
    return (error as TrialFailed).message;
  }
  return 'it did not fail';
};

const after =
  (wanted: string, ...statements: readonly string[]): Meddle =>
  async (phase, query) => {
    if (phase === wanted) for (const statement of statements) await query(statement);
  };
const ANOTHER = `(SELECT other.id FROM people other WHERE other.id <> people.friend LIMIT 1)`;

it('is content when nobody meddles', async () => {
  expect(await convertAndCompare(MODEL)).toEqual({ kind: 'converted' });
});

it.each([
  [
    'a reference that leads to somebody else',
    after('removeNumericIds', `UPDATE people SET friend = ${ANOTHER} WHERE label = 'row 1 of 0'`),
    /^after removeNumericIds, read from the tables is\n/,
  ],
  [
    'a row that is gone',
    after('updateReferences', 'DELETE FROM people WHERE label = (SELECT min(label) FROM people)'),
    /^after updateReferences, read from the tables is\n/,
  ],
  [
    'an index that did not come along',
    after('removeNumericIds', 'DROP INDEX people_friend_idx'),
    /^what hangs on the tables, after the contract is\n/,
  ],
  [
    'a UUID of another row in the new shape alone',
    after(
      'updateReferences',
      `SET id_conversion.filling = 'on'`,
      `UPDATE people SET friend_uuid = (SELECT o.id_uuid FROM people o WHERE o.id <> people.friend LIMIT 1) WHERE label = 'row 1 of 0'`,
    ),
    /^after updateReferences, read in the shape uuid is\n/,
  ],
])('sees %s', async (_what, meddle, message) => {
  expect(await failureOf(meddle)).toMatch(message);
});

it('a schema that is refused says why', async () => {
  expect(await convertAndCompare({ ...MODEL, isRefused: true })).toEqual({
    kind: 'refused',
    codes: ['CONVERSION_CHECK'],
  });
});
