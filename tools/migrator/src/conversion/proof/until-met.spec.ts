import { MigratorError } from '../../errors';
import type { Twin } from '../twins';
import type { Query } from '../../pg/query';
import type { TwinProof } from './twin-proof';
import { untilMet, type Requirement } from './until-met';

const column = (name: string): Twin => ({
  role: 'reference',
  table: 'notes',
  column: name,
  references: [{ kind: 'column', table: 'notes', column: name, to: 'users' }],
});
const NOBODY_ASKS: Query = () => Promise.resolve([]);
const none: Omit<TwinProof, 'column'> = {
  ...{ table: 'notes', rows: '1', numbers: '1', uuids: '1', incomplete: '0', underWay: '0', wrong: '0' },
  ...{ numberChecksum: '0', uuidChecksum: '0', examples: [] },
};

const HOUR_MS = 60 * 60 * 1_000;
let now = Date.now();
beforeEach(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Columns that lack something for so many looks, the first of which takes an hour. */
function requirement(looksNeeded: Readonly<Record<string, number>>) {
  const looks: string[] = [];
  let isFirst = true;
  const asks: Requirement = {
    look: (_, { column: name }) => {
      if (isFirst) now += HOUR_MS;
      isFirst = false;
      looks.push(name);
      const isWhole = looks.filter((looked) => looked === name).length >= looksNeeded[name]!;
      return Promise.resolve({ ...none, column: name, incomplete: isWhole ? '0' : '1' });
    },
    isMet: ({ incomplete }) => incomplete === '0',
    isHopeless: ({ column: name }) => name === 'hopeless',
    failure: (failed) =>
      new MigratorError('CONVERSION_INCOMPLETE', failed.map(({ column: name }) => name).join()),
  };
  return { looks, asks };
}
const run = (
  { asks }: { asks: Requirement },
  names: string[],
  patienceMs: number,
  catchUp: () => Promise<unknown> = () => Promise.resolve(),
) => untilMet(NOBODY_ASKS, names.map(column), 'numeric', asks, { catchUp, patienceMs });

it('looks again at what lacks something, at nothing else, and begins to count after the first look', async () => {
  const two = requirement({ whole: 1, late: 2 });
  await run(two, ['whole', 'late'], 50);
  expect(two.looks).toEqual(['whole', 'late', 'late']);
});

it('lets come what is on its way before each look, however long the one before took', async () => {
  const two = requirement({ long: 1, late: 2 });
  await run(two, ['long', 'late'], 50, () => Promise.resolve(two.looks.push('catch up')));
  expect(two.looks).toEqual(['catch up', 'long', 'catch up', 'late', 'catch up', 'late']);
});

it('gives up when its patience is over, and at once where waiting is of no use', async () => {
  await expect(run(requirement({ whole: 1, late: 9 }), ['whole', 'late'], 0)).rejects.toThrow(/^late$/);
  const hopeless = requirement({ late: 9, hopeless: 9 });
  await expect(run(hopeless, ['late', 'hopeless'], 60_000)).rejects.toThrow(/^late,hopeless$/);
  expect(hopeless.looks).toHaveLength(2);
});
