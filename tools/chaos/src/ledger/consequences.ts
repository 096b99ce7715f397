/**
 * Pure: what became of one row because of what became of another, by the rules of the domain. What is certain about the one
 * is certain about the other; what is not known leaves both possibilities.
 *
 *     user deleted                 memberships deleted; open assignments of the player cancelled (by an event)
 *     team deleted                 sessions that are not over cancelled; open assignments of the team cancelled (by an event)
 *     draft session deleted        its assignments deleted
 *     session cancelled            its open assignments cancelled
 *     team membership deleted      open assignments of the player in the team's sessions may be cancelled (by an event)
 *     player moved to a team       assignments may be in another session, and share its fate
 *     user erased                  nothing names the user any more
 */
import type { Fields, Subject } from './entries';
import type { RowHistory } from './histories';

type State = Fields | undefined;
/** What a state of a row becomes when its parent is in this state. */
type Rule = (parent: State, state: Fields) => State;

interface Bond {
  readonly of: Subject;
  readonly to: Subject;
  /** The property that names the parent. */
  readonly by: string;
  readonly rule: Rule;
}

const OPEN: Readonly<Partial<Record<Subject, readonly unknown[]>>> = {
  'workout-session': [undefined, 'draft', 'scheduled', 'active'],
  'workout-assignment': [undefined, 'assigned'],
};

const goesAlong: Rule = (parent, state) => (parent === undefined ? undefined : state);

function cancelled(subject: Subject, state: Fields): Fields {
  return OPEN[subject]!.includes(state['status']) ? { ...state, status: 'cancelled' } : state;
}

function cancelledWithout(subject: Subject): Rule {
  return (parent, state) => (parent === undefined ? cancelled(subject, state) : state);
}

const ofCancelledSession: Rule = (parent, state) => {
  if (parent === undefined) return undefined;
  return parent['status'] === 'cancelled' ? cancelled('workout-assignment', state) : state;
};

/** Parents before their children. */
const BONDS: readonly Bond[] = [
  { of: 'team-membership', to: 'user', by: 'userId', rule: goesAlong },
  { of: 'workout-session', to: 'team', by: 'teamId', rule: cancelledWithout('workout-session') },
  { of: 'workout-assignment', to: 'user', by: 'playerId', rule: cancelledWithout('workout-assignment') },
  { of: 'workout-assignment', to: 'team', by: 'teamId', rule: cancelledWithout('workout-assignment') },
  { of: 'workout-assignment', to: 'workout-session', by: 'workoutSessionId', rule: ofCancelledSession },
];

/** Who was touched by sagas. */
export interface Touched {
  /** Players whose assignments went to sessions of another team, perhaps only for a while. */
  readonly moved: ReadonlySet<unknown>;
  readonly erased: ReadonlySet<unknown>;
}

const NOBODY: Touched = { moved: new Set(), erased: new Set() };

export function withConsequences(
  histories: readonly RowHistory[],
  { moved, erased }: Touched = NOBODY,
): RowHistory[] {
  const rows = new Map(histories.map((history) => [keyOf(history.subject, history.id), history]));
  let settled = [...histories];
  for (const { of, to, by, rule } of BONDS) {
    settled = settled.map((history) => {
      if (history.subject !== of) return history;
      const possible = history.possible.flatMap((state) => {
        const parent = state && rows.get(keyOf(to, state[by]));
        return state && parent ? parent.possible.map((parentState) => rule(parentState, state)) : [state];
      });
      const changed = { ...history, possible: distinct(possible) };
      if (history.id !== undefined) rows.set(keyOf(of, history.id), changed);
      return changed;
    });
  }
  return afterDeletedMemberships(settled, rows)
    .map((history) => afterMoves(history, moved))
    .map((history) => afterErasures(history, erased));
}

/** Between what was moved, cancelled or removed with its new session, and what went back, nobody can tell from outside. */
function afterMoves(history: RowHistory, moved: Touched['moved']): RowHistory {
  if (history.subject !== 'workout-assignment') return history;
  const possible = history.possible.flatMap((state) =>
    state && moved.has(state['playerId']) ? [{ playerId: state['playerId'] }, undefined] : [state],
  );
  return { ...history, possible: distinct(possible) };
}

function afterErasures(history: RowHistory, erased: Touched['erased']): RowHistory {
  const possible = history.possible.map(
    (state) => state && Object.fromEntries(Object.entries(state).filter(([, value]) => !erased.has(value))),
  );
  return { ...history, possible };
}

/** Another membership may have said that the player is still in the team, so this is a possibility and no certainty. */
function afterDeletedMemberships(
  histories: readonly RowHistory[],
  rows: ReadonlyMap<string, RowHistory>,
): RowHistory[] {
  const left = new Set(histories.flatMap(leftTeams));
  return histories.map((history) => {
    if (history.subject !== 'workout-assignment') return history;
    const possible = history.possible.flatMap((state) => {
      if (state === undefined) return [state];
      const session = rows.get(keyOf('workout-session', state['workoutSessionId']));
      const team = session?.possible.find((sessionState) => sessionState !== undefined)?.['teamId'];
      return left.has(`${String(state['playerId'])} ${String(team)}`)
        ? [state, cancelled('workout-assignment', state)]
        : [state];
    });
    return { ...history, possible: distinct(possible) };
  });
}

/** `<user> <team>` of a membership that was, or may have been, deleted. */
function leftTeams({ subject, possible, requests }: RowHistory): string[] {
  const made = requests[0]?.asked.body;
  const mayBeGone = possible.includes(undefined);
  if (subject !== 'team-membership' || !mayBeGone || !made) return [];
  return [`${String(made['userId'])} ${String(made['teamId'])}`];
}

function keyOf(subject: Subject, id: unknown): string {
  return `${subject} ${String(id)}`;
}

function distinct(states: readonly State[]): State[] {
  return [...new Map(states.map((state) => [JSON.stringify(state), state])).values()];
}
