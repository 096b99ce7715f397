/**
 * Pure: what must be there in the end, from the ledger alone. A row whose every request was answered has one state it can be
 * in; each one without an answer doubles the possibilities: it was carried out, or it was not.
 *
 * Writers leave a row alone after a request about it that nobody answered, so a late request cannot overtake another one.
 */
import {
  outcomeOf,
  type Answered,
  type Asked,
  type Fields,
  type LedgerEntry,
  type NotArrived,
  type Subject,
} from './entries';

export interface RowHistory {
  readonly subject: Subject;
  /** Undefined when the answer to its making never came. */
  readonly id?: string;
  readonly mark?: Asked['mark'];
  /** Every state that the row may be in; undefined for none, a row that is not there. */
  readonly possible: readonly (Fields | undefined)[];
  /** The requests about it, for a message. */
  readonly requests: readonly Exchange[];
}

/** A request and what became of it. */
export interface Exchange {
  readonly asked: Asked;
  readonly reply?: Answered | NotArrived;
}

export function exchangesOf(entries: readonly LedgerEntry[]): Exchange[] {
  const replies = new Map<number, Answered | NotArrived>();
  for (const entry of entries) if (entry.kind !== 'asked') replies.set(entry.number, entry);
  return entries
    .filter((entry) => entry.kind === 'asked')
    .map((asked) => ({ asked, reply: replies.get(asked.number) }));
}

/** One for each row that anybody asked for, in the order of their making. */
export function historiesOf(exchanges: readonly Exchange[]): RowHistory[] {
  const rows = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const key = keyOf(exchange);
    const requests = rows.get(key);
    if (requests) requests.push(exchange);
    else rows.set(key, [exchange]);
  }
  return [...rows.values()].map(historyOf);
}

function keyOf({ asked, reply }: Exchange): string {
  const id = asked.id ?? (reply?.kind === 'answered' ? reply.id : undefined);
  return `${asked.subject} ${id ?? `of request ${asked.number}`}`;
}

function historyOf(requests: readonly Exchange[]): RowHistory {
  const [{ asked, reply }] = requests as [Exchange];
  const id = asked.id ?? (reply?.kind === 'answered' ? reply.id : undefined);
  let possible: (Fields | undefined)[] = [undefined];
  for (const request of requests) {
    const after = possible.map((state) => carriedOut(request.asked, state));
    const outcome = outcomeOf(request.reply);
    if (outcome === 'done') possible = after;
    else if (outcome === 'unknown') possible = [...possible, ...after];
  }
  return { subject: asked.subject, id, mark: asked.mark, possible, requests };
}

function carriedOut({ action, body, implies }: Asked, state: Fields | undefined): Fields | undefined {
  if (action === 'delete') return undefined;
  // A change of a row that is not there cannot be carried out.
  if (action === 'change' && state === undefined) return undefined;
  return { ...implies, ...state, ...body };
}
