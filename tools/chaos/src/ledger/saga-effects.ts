/**
 * Pure: what sagas did to rows, as requests would have: a transfer that finished closed one membership and opened another, an
 * erasure that finished deleted a user, and what was taken back did nothing. So rows are judged by what became of the sagas,
 * and not by what their requests were answered.
 */
import type { Answered, Asked } from './entries';
import type { Touched } from './consequences';
import type { Exchange } from './histories';

/** A saga as its service tells it to operators. */
export interface ToldSaga {
  readonly id: string;
  readonly saga: string;
  readonly state: string;
  readonly problem?: { readonly message?: string } | null;
  readonly error?: string | null;
  readonly input: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>> | null;
}

/** The saga that a request began; undefined when it began none. */
export function sagaOf({ asked, reply }: Exchange, sagas: readonly ToldSaga[]): ToldSaga | undefined {
  if (reply?.kind === 'answered' && reply.id !== undefined) return sagas.find(({ id }) => id === reply.id);
  const { body } = asked;
  // Whom a request that nobody answered was about is left alone from then on, so there is no second one like it.
  return sagas.findLast(({ input }) => Object.entries(body!).every(([name, value]) => input[name] === value));
}

/** @param overTeamId the team that takes nobody: it has no sessions, so nothing is moved there */
export function touchedBy(sagas: readonly ToldSaga[], overTeamId: string): Touched {
  const moves = sagas.filter(
    ({ saga, input }) => saga === 'transfer-player' && input['toTeamId'] !== overTeamId,
  );
  const erasures = sagas.filter(({ saga, state }) => saga === 'erase-user' && state === 'finished');
  return {
    moved: new Set(moves.map(({ input }) => input['playerId'])),
    erased: new Set(erasures.map(({ input }) => input['userId'])),
  };
}

/** The exchanges about sagas give way to those that do what the sagas did. */
export function withSagaEffects(exchanges: readonly Exchange[], sagas: readonly ToldSaga[]): Exchange[] {
  return exchanges.flatMap((exchange) => {
    if (exchange.asked.subject !== 'saga') return [exchange];
    const saga = sagaOf(exchange, sagas);
    if (saga?.state !== 'finished') return [];
    return saga.saga === 'erase-user' ? erased(exchange) : transferred(exchange, saga);
  });
}

function erased({ asked }: Exchange): Exchange[] {
  return [exchangeOf({ ...asked, action: 'delete', subject: 'user', id: asked.concerns }, 204)];
}

function transferred({ asked }: Exchange, { input, result }: ToldSaga): Exchange[] {
  const { playerId, toTeamId, at } = input;
  const membership = { ...asked, subject: 'team-membership' } as const;
  const opened = String(result?.['openedMembershipId']);
  return [
    exchangeOf({ ...membership, action: 'change', id: asked.concerns, body: { leftAt: at } }, 200),
    exchangeOf(
      {
        ...{ ...membership, action: 'create', id: opened },
        body: { userId: playerId, teamId: toTeamId, joinedAt: at, leftAt: null },
      },
      201,
    ),
  ];
}

function exchangeOf(asked: Asked, status: number): Exchange {
  const reply: Answered = { kind: 'answered', number: asked.number, at: asked.at, status };
  return { asked, reply };
}
