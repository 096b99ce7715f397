/**
 * Pure: whether every write that was acknowledged is there, and every row is one that somebody asked for, as the services
 * tell it over HTTP. A request that nobody answered is settled here: either state will do, and only those two.
 */
import type { Fields, Subject } from '../ledger/entries';
import { outcomeOf } from '../ledger/entries';
import type { RowHistory } from '../ledger/histories';
import type { Finding } from './finding';

/** A row as its service shows it. */
export type ShownRow = Readonly<Record<string, unknown>> & { readonly id: string };

export type ShownRows = ReadonlyMap<Subject, readonly ShownRow[]>;

export interface WriteCheck {
  readonly findings: Finding[];
  /** Requests without an answer, and what the rows say about them. */
  readonly settled: { readonly carriedOut: number; readonly notCarriedOut: number };
}

export function checkWrites(histories: readonly RowHistory[], shown: ShownRows): WriteCheck {
  const findings: Finding[] = [];
  const settled = { carriedOut: 0, notCarriedOut: 0 };
  const expected = new Set<string>();
  for (const history of histories) {
    const rows = shown.get(history.subject);
    if (!rows) continue;
    const row = rows.find((candidate) => isOf(candidate, history));
    if (row) expected.add(`${history.subject} ${row.id}`);
    const match = history.possible.findIndex((state) => fits(state, row));
    if (match < 0) findings.push(mismatch(history, row));
    else if (history.possible.length > 1) settled[match > 0 ? 'carriedOut' : 'notCarriedOut']++;
  }
  for (const [subject, rows] of shown) {
    for (const { id } of rows.filter((row) => !expected.has(`${subject} ${row.id}`))) {
      const detail = 'the service shows a row that nobody asked for';
      findings.push({ promise: 'acknowledged-writes', about: `${subject} ${id}`, detail });
    }
  }
  return { findings, settled };
}

function isOf(row: ShownRow, { id, mark }: RowHistory): boolean {
  if (id !== undefined) return row.id === id;
  return mark !== undefined && row[mark[0]] === mark[1];
}

function fits(state: Fields | undefined, row: ShownRow | undefined): boolean {
  if (state === undefined || row === undefined) return state === row;
  return Object.entries(state).every(([name, value]) => isSame(value, row[name]));
}

/** What a service does not show (a password) cannot differ. Moments are told in more than one way. */
function isSame(asked: unknown, shown: unknown): boolean {
  if (shown === undefined || asked === shown) return true;
  if (typeof asked === 'string' && typeof shown === 'string' && /^\d{4}-\d\d-\d\dT/.test(asked))
    return new Date(asked).getTime() === new Date(shown).getTime();
  return JSON.stringify(asked ?? null) === JSON.stringify(shown);
}

function mismatch({ subject, id, mark, possible, requests }: RowHistory, row: ShownRow | undefined): Finding {
  const states = possible.map((state) => (state ? JSON.stringify(state) : 'not there')).join(' or ');
  const asked = requests
    .map(({ asked: { number, action }, reply }) => `${number} ${action} ${outcomeOf(reply)}`)
    .join(', ');
  return {
    promise: 'acknowledged-writes',
    about: `${subject} ${id ?? mark?.join(' ') ?? `of request ${requests[0]!.asked.number}`}`,
    detail: `it should be ${states}, and is ${row ? JSON.stringify(row) : 'not there'} (requests: ${asked})`,
  };
}
