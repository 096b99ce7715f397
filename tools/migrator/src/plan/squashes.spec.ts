import { drawnService, drawnState } from '../testing/drawn-state';
import { planUp } from './plan-up';
import { pendingFiles } from './service-state';
import { isNamed, squashesOf } from './squashes';

/** The plan of one service's `migrate`: a squash that is only recorded in brackets. */
function planned(...migrations: readonly string[]): string {
  const { plan } = planUp(drawnState({ user: migrations }), { services: ['user'] });
  const names = plan.steps.map(({ migration, action }) =>
    action === 'record' ? `(${migration})` : migration,
  );
  return names.join(' ');
}

it.each([
  ['a new database runs the squash alone', ['A', 'B', 'AB=A,B', 'C'], 'AB3 C4'],
  ['without the old files, too', ['-A', '-B', 'AB=A1,B2'], 'AB3'],
  [
    'a database that began the old chain finishes it and records the squash',
    ['*A', 'B', 'AB=A,B'],
    'B2 (AB3)',
  ],
  ['one that has all of it only records', ['*A', '*B', 'AB=A,B', 'C'], '(AB3) C4'],
  ['also when the old files are gone', ['*-A', '*-B', 'AB=A1,B2'], '(AB3)'],
  ['one that has the squash never runs what it replaced', ['A', 'B', '*AB=A,B', 'C'], 'C4'],
  ['a squash of squashes stands for all of them', ['A', 'B', 'AB=A,B', 'C', 'All=AB,C'], 'All5'],
  ['and follows the old chain through them', ['*A', 'B', 'AB=A,B', 'C', 'All=AB,C'], 'B2 (AB3) C4 (All5)'],
  ['a newer squash over an older one that ran', ['A', 'B', '*AB=A,B', 'C', 'All=AB,C'], 'C4 (All5)'],
  ['also without the oldest files', ['-A', '-B', '*AB=A1,B2', 'C', 'All=AB,C'], 'C4 (All5)'],
  ['also when it names them itself', ['-A', '-B', '*AB=A1,B2', 'C', 'All=A1,B2,AB,C'], 'C4 (All5)'],
])('%s', (_, migrations, plan) => {
  expect(planned(...migrations)).toBe(plan);
});

it('does not guess when the rest of a begun chain is gone', () => {
  expect(() => planned('*A', '-B', 'AB=A1,B2')).toThrow(
    'user: AB3 replaces A1, B2. The database has some of them and lacks B2, whose file is not there any more. Check out the ' +
      'version of the code that has it, migrate, and come back to this version.',
  );
});

it('lets others wait for the squash in the place of what it replaced', () => {
  const state = drawnState({ user: ['A', 'B', 'AB=A,B'], training: ['Fill: user:B'] });
  const { plan } = planUp(state, { services: ['training'] });
  expect(plan.steps.map(({ id, waitsFor }) => [id, waitsFor])).toEqual([
    ['user:AB3', []],
    ['training:Fill1', ['user:AB3']],
  ]);
});

describe('when the replaced files are gone, what others depend on is', () => {
  const waiting = (user: readonly string[], training: readonly string[]) => {
    const { plan, errors } = planUp(drawnState({ user, training }), { services: ['user', 'training'] });
    expect(errors).toEqual(new Map());
    return plan.steps.map(({ id, waitsFor }) => [id, ...waitsFor].join(' < '));
  };
  const LONG = 'AB=A1700000000001,B1700000000002';

  it.each(['A', 'A1700000000001'])('the squash in a new database, by the name %s', (name) => {
    expect(waiting([LONG], [`Fill: user:${name}`])).toEqual(['user:AB1', 'training:Fill1 < user:AB1']);
  });

  it('the newest of squashes, also through one whose file is gone', () => {
    expect(waiting([LONG, 'C', 'All=AB,C'], ['Fill: user:B'])).toEqual([
      'user:All3',
      'training:Fill1 < user:All3',
    ]);
    expect(waiting(['-AB', 'C', 'All=A,B,AB1,C'], ['Fill: user:B'])).toEqual([
      'user:All3',
      'training:Fill1 < user:All3',
    ]);
  });

  it('there already where it was applied before', () => {
    expect(waiting(['*-A', '*-B', 'AB=A1,B2'], ['Fill: user:A'])).toEqual(['user:AB3', 'training:Fill1']);
  });

  it('still unknown when no squash names it, or only a longer name', () => {
    const { errors } = planUp(drawnState({ user: ['AB=A1700000000001'], training: ['Fill: user:A1'] }), {
      services: ['training'],
    });
    expect(errors.get('training')?.code).toBe('MIGRATION_NOT_FOUND');
  });
});

it('never takes a migration for its own replacement', () => {
  const { files, ledger } = drawnService('A=A', 'B');
  expect(pendingFiles(files, ledger).map(({ name }) => name)).toEqual(['A1', 'B2']);
  expect(squashesOf(files, ledger).supersededBy).toEqual(new Map());
});

it('takes a name with its timestamp or without, and no part of it', () => {
  const migration = { name: 'AddTeams1764000000000', timestamp: 1_764_000_000_000 };
  expect(isNamed(migration, 'AddTeams')).toBe(true);
  expect(isNamed(migration, 'AddTeams1764000000000')).toBe(true);
  expect(isNamed(migration, 'AddTeams1764')).toBe(false);
  expect(isNamed(migration, 'Add')).toBe(false);
});
