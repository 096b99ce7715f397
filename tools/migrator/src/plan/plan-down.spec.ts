import type { Plan } from '../model';
import { drawnAppliedState as applied } from '../testing/drawn-state';
import { planDown, type DownRequest } from './plan-down';

const ONE_STEP = { steps: 1, withDependents: false };

function ask(
  state: ReturnType<typeof applied>,
  services: string[],
  request: Partial<DownRequest> = {},
): Plan {
  return planDown(state, { ...ONE_STEP, ...request, services });
}

const show = ({ steps }: Plan): string => steps.map(({ id }) => id.replace(/\d+$/, '')).join(' ');

it('takes back the newest, and waits for nothing', () => {
  const plan = ask(applied({ user: ['*A', '*B', '*C', 'D'] }), ['user']);
  expect(plan.steps.map(({ id, waitsFor }) => [id, waitsFor])).toEqual([['user:C3', []]]);
  expect(plan.direction).toBe('down');
  expect(Object.isFrozen(plan)).toBe(true);
});

it('takes back as many as asked for, the newest first, each after the one before it', () => {
  const plan = ask(applied({ user: ['*A', '*B', '*C'] }), ['user'], { steps: 2 });
  expect(plan.steps.map(({ id, waitsFor }) => [id, waitsFor])).toEqual([
    ['user:C3', []],
    ['user:B2', ['user:C3']],
  ]);
});

it('takes back everything when asked for more than there is, and nothing from an empty ledger', () => {
  expect(show(ask(applied({ user: ['*A', '*B'] }), ['user'], { steps: 9 }))).toBe('user:B user:A');
  expect(show(ask(applied({ user: ['A'] }), ['user']))).toBe('');
});

it('counts steps in each of the requested services', () => {
  const state = applied({ user: ['*A', '*B'], training: ['*C', '*D'], medical: ['*E'] });
  expect(show(ask(state, ['user', 'training']))).toBe('user:B training:D');
});

it('goes back --to a migration, which stays', () => {
  const state = applied({ user: ['*A', '*B', '*C'], training: ['*D'] });
  expect(show(ask(state, ['user'], { to: 'A' }))).toBe('user:C user:B');
  expect(show(ask(state, ['user'], { to: 'A1' }))).toBe('user:C user:B');
  expect(show(ask(state, ['user', 'training'], { to: 'user:A' }))).toBe('user:C user:B');
  expect(show(ask(state, ['user'], { to: 'C' }))).toBe('');
});

it('refuses a --to that is not applied', () => {
  expect(() => ask(applied({ user: ['*A', 'B'] }), ['user'], { to: 'B' })).toThrow(
    '--to B names no applied migration of user. `migration-status` lists them.',
  );
});

it('goes by the order of application, where that is not the order of timestamps', () => {
  /*
   *   timestamps   A  B  C
   *   applied      1. 3. 2.
   */
  const state = applied({ user: ['*1A', '*3B', '*2C'] });
  expect(show(ask(state, ['user']))).toBe('user:B');
  expect(show(ask(state, ['user'], { steps: 2 }))).toBe('user:B user:C');
  expect(show(ask(state, ['user'], { to: 'A' }))).toBe('user:B user:C');
  expect(show(ask(state, ['user'], { to: 'C' }))).toBe('user:B');
});

it('refuses to take away what an applied migration of another service depends on, and names it', () => {
  const state = applied({ user: ['*A', '*B'], training: ['*C: user:B', '*D'] });
  expect(() => ask(state, ['user'])).toThrow(
    [
      'reverting user:B2 would take away what these applied migrations depend on:',
      '  training:C1',
      '  training:D2',
      'Revert them first, or add --with-dependents to revert them with it, in the right order.',
    ].join('\n'),
  );
});

it('takes the dependents back first when told to', () => {
  const state = applied({ user: ['*A', '*B'], training: ['*C: user:B', '*D'] });
  const plan = ask(state, ['user'], { withDependents: true });
  expect(plan.steps.map(({ id, waitsFor }) => [id, waitsFor])).toEqual([
    ['training:D2', []],
    ['training:C1', ['training:D2']],
    ['user:B2', ['training:C1']],
  ]);
});

it('takes a conversion back the way it came', () => {
  /*
   *   user      Add ----------> Switch
   *                \           /
   *   training      `-> Fill -'
   */
  const state = applied(
    { user: ['*Add', '*Switch: training:Fill'], training: ['*Fill: user:Add'] },
    { training: ['user'] },
  );
  expect(show(ask(state, ['user']))).toBe('user:Switch');
  expect(show(ask(state, ['user', 'training'], { steps: 2 }))).toBe('user:Switch training:Fill user:Add');
  expect(() => ask(state, ['training'])).toThrow('user:Switch2');
  expect(show(ask(state, ['training'], { withDependents: true }))).toBe('user:Switch training:Fill');
});

it('goes through a chain of dependents in several services', () => {
  const state = applied({
    user: ['*A'],
    training: ['*B: user:A'],
    medical: ['*C: training:B'],
    planning: ['*D'],
  });
  expect(show(ask(state, ['user'], { withDependents: true }))).toBe('medical:C training:B user:A');
});

it('does not count a dependent that is not applied', () => {
  const state = applied({ user: ['*A', '*B'], training: ['C: user:B'] });
  expect(show(ask(state, ['user']))).toBe('user:B');
});

it('does not count a service that depends on the project: its tables do not need this migration', () => {
  const state = applied({ user: ['*A'], training: ['*B'] }, { training: ['user'] });
  expect(show(ask(state, ['user']))).toBe('user:A');
});

it('takes dependents by project back first, when both are asked for', () => {
  const state = applied({ user: ['*A'], training: ['*B'] }, { training: ['user'] });
  expect(show(ask(state, ['user', 'training']))).toBe('training:B user:A');
});

describe('a squash of what others depend on', () => {
  const squashed = (...user: string[]) => applied({ user, training: ['*Fill: user:A'] });

  it('is not taken back where it ran in the place of it', () => {
    const state = squashed('A', 'B', '*AB=A,B');
    expect(() => ask(state, ['user'])).toThrow(
      'reverting user:AB3 would take away what these applied migrations depend on:\n  training:Fill1\n',
    );
    expect(show(ask(state, ['user'], { withDependents: true }))).toBe('training:Fill user:AB');
  });

  it('is not taken back either when the files of what it replaced are gone', () => {
    const state = squashed('-A', '-B', '*AB=A,B');
    expect(() => ask(state, ['user'])).toThrow('training:Fill1');
    expect(show(ask(state, ['training']))).toBe('training:Fill');
    expect(show(ask(squashed('*-A', '*-B', '*AB=A1,B2'), ['user']))).toBe('user:AB');
  });

  it('is taken back where it was only recorded', () => {
    const plan = ask(squashed('*A', '*B', '*AB=A,B'), ['user']);
    expect(plan.steps.map(({ id, action }) => [id, action])).toEqual([['user:AB3', 'record']]);
  });

  it('is the one that ran, and not a newer one that was recorded', () => {
    const state = squashed('A', 'B', '*AB=A,B', '*C', '*All=AB,C');
    expect(show(ask(state, ['user']))).toBe('user:All');
    expect(() => ask(state, ['user'], { steps: 3 })).toThrow('training:Fill1');
  });
});

it('refuses to take back a migration whose file is gone, or to pass it by', () => {
  const gone = 'user: Gone2 is applied, but its file is not in apps/user/src/migrations';
  expect(() => ask(applied({ user: ['*A', '*-Gone'] }), ['user'])).toThrow(gone);
  expect(() => ask(applied({ user: ['*A', '*-Gone', '*C'] }), ['user'], { to: 'A' })).toThrow(gone);
  expect(show(ask(applied({ user: ['*A', '*-Gone', '*C'] }), ['user']))).toBe('user:C');
});

it('refuses to pass by a dependent whose file is gone', () => {
  const state = applied({ user: ['*A'], training: ['*B: user:A', '*-Gone'] });
  expect(() => ask(state, ['user'], { withDependents: true })).toThrow(
    'training: Gone2 is applied, but its file is not in apps/training/src/migrations',
  );
});

it('tells drift of every service', () => {
  const state = applied({ user: ['*A'], training: ['*-Gone'] });
  expect(ask(state, ['user']).drift).toEqual([
    { service: 'training', migration: 'Gone1', kind: 'missing-on-disk' },
  ]);
});
