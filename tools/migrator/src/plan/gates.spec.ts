import type { Gate } from '../model';
import { drawnState } from '../testing/drawn-state';
import { planUp, type UpRequest } from './plan-up';

/** user converts its ids, training follows, and both have a contract to close. */
const conversion = () =>
  drawnState(
    {
      user: ['Fill', 'Switch!switch: training:Follow', 'Remove!contract', 'Later'],
      training: ['Follow: user:Fill', 'Tidy!contract: user:Switch', 'Unrelated'],
      medical: ['Charts'],
    },
    { training: ['user'], medical: ['user'] },
  );

function outcome(request: Partial<UpRequest> = {}) {
  const { plan, errors } = planUp(conversion(), { services: ['user', 'training', 'medical'], ...request });
  return {
    runs: plan.steps.map(({ id }) => id).join(' '),
    held: plan.held.map(({ id, gate, holds }) => [gate, id, ...holds].join(' ')),
    errors: [...errors.values()].map(({ message }) => message),
  };
}

it('stops before a gate, with what was declared to come after it, and does the rest', () => {
  expect(outcome()).toEqual({
    runs: 'user:Fill1 training:Follow1 medical:Charts1',
    held: ['switch user:Switch2 user:Remove3 user:Later4 training:Tidy2 training:Unrelated3'],
    errors: [],
  });
});

it('goes as far as the next gate when one is opened', () => {
  const { runs, held } = outcome({ allow: ['switch'] });
  expect(runs).toBe('user:Fill1 training:Follow1 user:Switch2 medical:Charts1');
  expect(held).toEqual(['contract user:Remove3 user:Later4', 'contract training:Tidy2 training:Unrelated3']);
});

it('holds nothing when every gate is open, and opens no other one by itself', () => {
  const all: readonly Gate[] = ['switch', 'contract'];
  expect(outcome({ allow: all }).held).toEqual([]);
  expect(outcome({ allow: ['contract'] }).runs).toBe(outcome().runs);
});

it('--to does not open a gate', () => {
  expect(outcome({ services: ['user'], to: 'Switch' })).toMatchObject({
    runs: 'user:Fill1 training:Follow1',
    held: ['switch user:Switch2 user:Remove3 user:Later4 training:Tidy2 training:Unrelated3'],
  });
});

it('opens no gate of a service that comes first for the sake of its project alone', () => {
  expect(outcome({ services: ['medical'] })).toMatchObject({
    runs: 'user:Fill1 medical:Charts1',
    held: [],
  });
  const beside = drawnState(
    { user: ['Add', 'Switch!switch'], training: ['Add', 'Fill'] },
    { training: ['user'] },
  );
  const { plan } = planUp(beside, { services: ['user', 'training'], to: 'training:Add' });
  expect(plan.steps.map(({ id }) => id)).toEqual(['user:Add1', 'training:Add1']);
});

it('a squash that is only recorded needs no gate: nothing happens to the data', () => {
  const state = drawnState({ user: ['*Old', 'Squash=Old!contract'] });
  expect(planUp(state, { services: ['user'] }).plan.steps.map(({ id }) => id)).toEqual(['user:Squash2']);
});

it('plans one service alone, and refuses when its migrations wait for another', () => {
  expect(outcome({ services: ['user'], alone: true }).runs).toBe('user:Fill1');
  expect(() => outcome({ services: ['training'], alone: true })).toThrow(
    '--only training: its migrations wait for user:Fill1, which --only leaves out. Migrate first: --only user',
  );
});
