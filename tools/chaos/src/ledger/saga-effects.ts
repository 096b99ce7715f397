/**
 * Pure: what sagas did to rows, as requests would have: a transfer that finished closed one membership and opened another, an
 * erasure that finished deleted a user, and what was taken back did nothing. So rows are judged by what became of the sagas,
 * and not by what their requests were answered.
 */
import { outcomeOf, type Answered, type Asked } from './entries';
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

/**
 * The saga that each request began, where it began one: by the id that it was answered; for a request that nobody answered,
 * one of the same content that nobody else began.
 */
export function matchSagas(
  exchanges: readonly Exchange[],
  sagas: readonly ToldSaga[],
): ReadonlyMap<Exchange, ToldSaga> {
  const asked = exchanges.filter((exchange) => exchange.asked.subject === 'saga');
  const left = new Map(sagas.map((saga) => [saga.id, saga]));
  const matched = new Map<Exchange, ToldSaga>();
  const match = (exchange: Exchange, saga: ToldSaga | undefined) => {
    if (!saga) return;
    left.delete(saga.id);
    matched.set(exchange, saga);
  };
  for (const exchange of asked) match(exchange, left.get(idOf(exchange) ?? ''));
  for (const exchange of asked.filter(({ reply }) => outcomeOf(reply) === 'unknown')) {
    const content = Object.entries(exchange.asked.body!);
    const isSame = ({ input }: ToldSaga) => content.every(([name, value]) => input[name] === value);
    match(exchange, [...left.values()].find(isSame));
  }
  return matched;
}

function idOf({ reply }: Exchange): string | undefined {
  return reply?.kind === 'answered' ? reply.id : undefined;
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
  const begun = matchSagas(exchanges, sagas);
  return exchanges.flatMap((exchange) => {
    if (exchange.asked.subject !== 'saga') return [exchange];
    const saga = begun.get(exchange);
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
