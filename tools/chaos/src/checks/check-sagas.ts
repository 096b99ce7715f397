/**
 * Pure: whether every saga that was asked for came to an end, whether nobody else began one, and whether an erasure left
 * nothing that names the person. What sagas did to memberships and users is judged with the writes (ledger/saga-effects.ts).
 */
import { outcomeOf } from '../ledger/entries';
import type { Exchange } from '../ledger/histories';
import { matchSagas, type ToldSaga } from '../ledger/saga-effects';
import type { ShownRows } from './check-writes';
import type { ReadModelEvidence } from './evidence';
import type { Finding } from './finding';

const OVER = ['finished', 'compensated'];

export interface SagaEvidence {
  readonly exchanges: readonly Exchange[];
  readonly sagas: readonly ToldSaga[];
  readonly shown: ShownRows;
  readonly readModels: readonly ReadModelEvidence[];
}

export function checkSagas(evidence: SagaEvidence): Finding[] {
  return [...checkBeginnings(evidence), ...checkEnds(evidence), ...checkErasures(evidence)];
}

function checkBeginnings({ exchanges, sagas }: SagaEvidence): Finding[] {
  const begun = matchSagas(exchanges, sagas);
  const lost = exchanges
    .filter(({ asked, reply }) => asked.subject === 'saga' && outcomeOf(reply) === 'done')
    .filter((exchange) => !begun.has(exchange))
    .map(({ asked: { number, path } }) =>
      found(`request ${number}`, `${path} was accepted, and there is no such saga`),
    );
  const asked = new Set([...begun.values()].map(({ id }) => id));
  const unasked = sagas
    .filter(({ id }) => !asked.has(id))
    .map((saga) => found(nameOf(saga), 'nobody asked for it, or it was refused'));
  return [...lost, ...unasked];
}

function checkEnds({ sagas }: SagaEvidence): Finding[] {
  return sagas
    .filter(({ state }) => !OVER.includes(state))
    .map((saga) =>
      found(
        nameOf(saga),
        `it is ${saga.state}: ${saga.problem?.message ?? saga.error ?? 'it does not say why'}`,
      ),
    );
}

/** Its own id stays where it says that there was somebody; nothing else points there. */
function checkErasures({ sagas, shown, readModels }: SagaEvidence): Finding[] {
  const erased = new Set(
    sagas
      .filter(({ saga, state }) => saga === 'erase-user' && state === 'finished')
      .map(({ input }) => input['userId']),
  );
  const rows = [...shown].flatMap(([subject, ofSubject]) =>
    ofSubject.map((row) => ({ of: subject as string, id: row.id, values: row as object })),
  );
  const known = readModels.flatMap(({ listener, table, rows: ofTable }) =>
    ofTable.map(({ id, values }) => ({ of: `${listener}.${table}`, id, values: values as object })),
  );
  return [...rows, ...known].flatMap(({ of, id, values }) =>
    Object.entries(values)
      .filter(([property, value]) => erased.has(value) && !(property === 'id' && of.endsWith('.known_users')))
      .map(([property, value]) =>
        found(`${of} ${id}`, `its ${property} is still ${String(value)}, who was erased`),
      ),
  );
}

function nameOf({ saga, id }: ToldSaga): string {
  return `${saga} ${id}`;
}

function found(about: string, detail: string): Finding {
  return { promise: 'sagas', about, detail };
}
