import type { Plan } from '../model';
import { drawnState } from '../testing/drawn-state';
import { planUp } from './plan-up';

/** `U1 T1<U1` : each step, and after `<` what it waits for in other services. */
function show({ steps }: Plan): string {
  return steps
    .map(({ service, migration, waitsFor }) => {
      const others = waitsFor
        .filter((id) => !id.startsWith(`${service}:`))
        .map((id) => id.replace(/^.*:|\d+$/g, ''));
      return [migration.replace(/\d+$/, ''), ...others].join('<');
    })
    .join(' ');
}

const conversion = () =>
  drawnState(
    { user: ['Add', 'Switch: training:Fill', 'Remove'], training: ['Fill', 'Tidy'] },
    { training: ['user'] },
  );

it('plans the requested service with what it depends on, and leaves the others alone', () => {
  const state = drawnState({ user: ['A', 'B'], training: ['C'], medical: ['D'] }, { training: ['user'] });
  const { plan, errors } = planUp(state, { services: ['training'] });
  expect(show(plan)).toBe('A B C<B');
  expect(plan.services).toEqual(['user', 'training', 'medical']);
  expect(errors).toEqual(new Map());
});

it('does not bring the services that depend on the requested one', () => {
  expect(show(planUp(conversion(), { services: ['user'] }).plan)).toBe('Add Fill<Add Switch<Fill Remove');
});

it('says what each step waits for, once and sorted', () => {
  const { plan } = planUp(conversion(), { services: ['user', 'training'] });
  expect(plan.steps.map(({ id, waitsFor }) => [id, waitsFor])).toEqual([
    ['user:Add1', []],
    ['training:Fill1', ['user:Add1']],
    ['user:Switch2', ['training:Fill1', 'user:Add1']],
    ['user:Remove3', ['user:Switch2']],
    ['training:Tidy2', ['training:Fill1', 'user:Remove3']],
  ]);
});

it('carries into a step what applying it needs', () => {
  const state = drawnState({ user: ['A'] });
  const { plan } = planUp(state, { services: ['user'] });
  expect(plan.steps).toEqual([
    {
      id: 'user:A1',
      service: 'user',
      migration: 'A1',
      file: 'apps/user/src/migrations/1-A.ts',
      checksum: 'checksum of A1',
      transaction: true,
      action: 'run',
      gate: undefined,
      waitsFor: [],
    },
  ]);
  expect(plan.direction).toBe('up');
  expect(Object.isFrozen(plan)).toBe(true);
});

it('waits for nothing that is applied already', () => {
  const state = drawnState({
    user: ['*Add', 'Switch: training:Fill'],
    training: ['*Fill', 'Tidy: user:Add'],
  });
  const { plan } = planUp(state, { services: ['training'] });
  expect(show(plan)).toBe('Tidy');
});

it('stops after --to, and still brings what that waits for', () => {
  const state = conversion();
  expect(show(planUp(state, { services: ['user'], to: 'Add' }).plan)).toBe('Add');
  expect(show(planUp(state, { services: ['user'], to: 'Switch' }).plan)).toBe('Add Fill<Add Switch<Fill');
  expect(show(planUp(state, { services: ['user', 'training'], to: 'training:Fill' }).plan)).toBe(
    'Add Fill<Add',
  );
  expect(show(planUp(state, { services: ['user'], to: 'Remove3' }).plan)).toBe(
    'Add Fill<Add Switch<Fill Remove',
  );
});

it('has nothing to do up to a migration that is applied, but for older ones that are not', () => {
  const state = drawnState({ user: ['*A', 'B', '*C', 'D'] });
  expect(show(planUp(state, { services: ['user'], to: 'C' }).plan)).toBe('B');
  expect(show(planUp(state, { services: ['user'], to: 'A' }).plan)).toBe('');
});

it('refuses a --to that names nothing, or two things', () => {
  const state = drawnState({ user: ['Init'], training: ['Init'] });
  const asking = (services: string[], to: string) => () => planUp(state, { services, to });
  expect(asking(['user'], 'Nothing')).toThrow(
    '--to Nothing names no migration of user. `migration-status` lists them.',
  );
  expect(asking(['user', 'training'], 'Init')).toThrow(
    '--to Init is ambiguous: user:Init, training:Init. Say which.',
  );
  expect(asking(['user'], 'training:Init')).toThrow('--to training:Init names no migration of user.');
  expect(show(asking(['user', 'training'], 'training:Init')().plan)).toBe('Init');
});

it('leaves out a service whose migration refers to nothing, with what waits for it, and names the file', () => {
  const state = drawnState(
    { user: ['A: training:Typo'], training: ['B'], medical: ['C'], planning: ['D: training:B'] },
    { training: ['user'] },
  );
  const { plan, errors } = planUp(state, { services: ['user', 'training', 'medical', 'planning'] });
  expect(show(plan)).toBe('C');
  expect([...errors].map(([service, { code }]) => [service, code])).toEqual([
    ['user', 'MIGRATION_NOT_FOUND'],
    ['training', 'PREREQUISITE_FAILED'],
    ['planning', 'PREREQUISITE_FAILED'],
  ]);
  expect(errors.get('user')?.message).toContain(
    'user: apps/user/src/migrations/1-A.ts depends on "training:Typo", which is not there.',
  );
});

it.each(['B', 'training', 'training:', ':B', 'a:training:B', ''])(
  'refuses the dependsOn "%s", which names no migration of another service',
  (reference) => {
    const state = drawnState({ user: ['A'], training: ['B'] });
    const [migration] = state.get('user')?.migrations ?? [];
    const broken = new Map(state).set('user', {
      ...state.get('user')!,
      migrations: [{ ...migration!, dependsOn: [reference] }],
    });
    const { plan, errors } = planUp(broken, { services: ['user', 'training'] });
    expect(show(plan)).toBe('B');
    expect(errors.get('user')?.code).toBe('MIGRATION_NOT_FOUND');
  },
);

it('isolates a cycle to its services and to what waits for them', () => {
  const state = drawnState(
    { user: ['A', 'B: training:C'], training: ['C: user:B'], planning: ['D'], medical: ['E'] },
    { planning: ['training'] },
  );
  const { plan, errors } = planUp(state, { services: ['user', 'training', 'planning', 'medical'] });
  expect(show(plan)).toBe('E');
  expect(plan.services).toEqual(['medical']);
  const drawn = [
    'these migrations wait for each other, so none can run first:',
    '  user:B2 -> training:C1 -> user:B2',
    'Remove one dependsOn, or split a migration in two. The files:',
    '  apps/user/src/migrations/2-B.ts',
    '  apps/training/src/migrations/1-C.ts',
  ].join('\n');
  expect(errors).toEqual(
    new Map([
      ['user', { code: 'DEPENDENCY_CYCLE', message: drawn }],
      ['training', { code: 'DEPENDENCY_CYCLE', message: drawn }],
      [
        'planning',
        {
          code: 'PREREQUISITE_FAILED',
          message: 'planning: skipped, because it waits for training, which failed.',
        },
      ],
    ]),
  );
});

it('finds every cycle, not only the first', () => {
  const state = drawnState({ a: ['A: b:B'], b: ['B: a:A'], c: ['C: d:D'], d: ['D: c:C'], e: ['E'] });
  const { plan, errors } = planUp(state, { services: ['a', 'b', 'c', 'd', 'e'] });
  expect(show(plan)).toBe('E');
  expect([...errors.keys()].sort()).toEqual(['a', 'b', 'c', 'd']);
});

it('sees no cycle in what is applied already', () => {
  const state = drawnState({ user: ['*A: training:C', 'B: training:C'], training: ['C: user:A'] });
  expect(show(planUp(state, { services: ['user', 'training'] }).plan)).toBe('C B<C');
});

it('tells drift of every service it read', () => {
  const state = drawnState({ user: ['*A', 'B', '*C'] });
  expect(planUp(state, { services: ['user'] }).plan.drift).toEqual([
    { service: 'user', migration: 'B2', kind: 'out-of-order' },
  ]);
});
