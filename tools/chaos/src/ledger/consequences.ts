/**
 * Pure: what one row's requests mean for other rows, by the rules of the domain. What goes along with a row that is surely
 * gone is surely gone; what may have gone along may be there or not.
 *
 *     user deleted              its team memberships are deleted
 *     draft session deleted     its assignments are deleted
 *     session cancelled         its open assignments are cancelled
 */
import type { Fields } from './entries';
import type { RowHistory } from './histories';

type State = Fields | undefined;
/** What becomes of a state of a row when that happened to the row it belongs to. */
type Rule = (parent: State, state: Fields) => State;

interface Bond {
  readonly of: RowHistory['subject'];
  readonly to: RowHistory['subject'];
  readonly by: string;
  readonly rule: Rule;
}

const goneAlong: Rule = (parent, state) => (parent === undefined ? undefined : state);
const cancelledAlong: Rule = (parent, state) => {
  if (parent === undefined) return undefined;
  const isOpen = state['status'] === undefined || state['status'] === 'assigned';
  return parent['status'] === 'cancelled' && isOpen ? { ...state, status: 'cancelled' } : state;
};

const BONDS: readonly Bond[] = [
  { of: 'team-membership', to: 'user', by: 'userId', rule: goneAlong },
  { of: 'workout-assignment', to: 'workout-session', by: 'workoutSessionId', rule: cancelledAlong },
];

export function withConsequences(histories: readonly RowHistory[]): RowHistory[] {
  const rows = new Map(histories.map((history) => [`${history.subject} ${history.id}`, history]));
  return histories.map((history) => {
    const bond = BONDS.find(({ of }) => of === history.subject);
    if (!bond) return history;
    const possible = history.possible.flatMap((state) => {
      const parent = state && rows.get(`${bond.to} ${String(state[bond.by])}`);
      return state && parent ? parent.possible.map((parentState) => bond.rule(parentState, state)) : [state];
    });
    return { ...history, possible: distinct(possible) };
  });
}

function distinct(states: readonly State[]): State[] {
  return [...new Map(states.map((state) => [JSON.stringify(state), state])).values()];
}
