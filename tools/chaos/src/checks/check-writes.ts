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
  const find = finder(shown);
  for (const history of histories) {
    if (!shown.has(history.subject)) continue;
    const row = find(history);
    if (row) expected.add(`${history.subject} ${row.id}`);
    const match = history.possible.findIndex((state) => fits(state, row));
    if (match < 0) findings.push(mismatch(history, row));
    else if (isOpenQuestion(history)) settled[match > 0 ? 'carriedOut' : 'notCarriedOut']++;
  }
  for (const [subject, rows] of shown) {
    for (const { id } of rows.filter((row) => !expected.has(`${subject} ${row.id}`))) {
      const detail = 'the service shows a row that nobody asked for';
      findings.push({ promise: 'acknowledged-writes', about: `${subject} ${id}`, detail });
    }
  }
  return { findings, settled };
}

/** A request was not answered, and the rows it could have led to differ. */
function isOpenQuestion({ possible, requests }: RowHistory): boolean {
  return possible.length > 1 && requests.some(({ reply }) => outcomeOf(reply) === 'unknown');
}

/** By its id, or by its mark where the id was never told. */
function finder(shown: ShownRows): (history: RowHistory) => ShownRow | undefined {
  const rows = new Map<string, ShownRow>();
  for (const [subject, ofSubject] of shown) {
    for (const row of ofSubject) rows.set(`${subject} ${row.id}`, row);
  }
  return ({ subject, id, mark }) => {
    if (id !== undefined) return rows.get(`${subject} ${id}`);
    if (mark === undefined) return undefined;
    return shown.get(subject)?.find((row) => isSame(mark[1], row[mark[0]]) && row[mark[0]] !== undefined);
  };
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
