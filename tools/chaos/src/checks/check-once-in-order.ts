/**
 * Pure: whether each event was processed once and in its order, from what the triggers saw the listener do.
 *
 * Of one aggregate id, every step of its counter begins where the one before ended. The transaction of a step writes the
 * read model's row once for each event of the step, in their order; no other transaction writes it. A state that is taken
 * over from the owner in place of events (a snapshot) is a finding: listeners joined before the first write, and the owner
 * keeps what is not confirmed, so there is nothing that a state would have to make up for.
 *
 * A row that was buried (its person was erased) takes no news any more: what comes after is processed without a trace.
 */
import { grouped } from './check-delivery';
import type { ProcessedStep, ServiceEvidence, StoredStep } from './evidence';
import { NO_MORE_NEWS } from './evidence';
import type { Finding } from './finding';

export function checkOnceInOrder(services: readonly ServiceEvidence[]): Finding[] {
  return services.flatMap((listener) => [
    ...checkSteps(listener),
    ...checkEffects(listener),
    ...checkEffectsWithoutStep(listener),
  ]);
}

function checkSteps({ service, processed }: ServiceEvidence): Finding[] {
  const byAggregate = grouped(processed, (step) => `${step.source} ${step.aggregate} ${step.aggregateId}`);
  return [...byAggregate].flatMap(([key, steps]) => {
    const wrong = steps.findIndex((step, index) => !follows(step, steps[index - 1]));
    if (wrong < 0) return [];
    const path = steps.map(({ before, after }) => `${before}>${after}`).join(', ');
    return [
      found(`${service}, ${key}`, `step ${wrong + 1} does not go on where the one before ended: ${path}`),
    ];
  });
}

function follows({ before, after }: ProcessedStep, previous: ProcessedStep | undefined): boolean {
  return before === (previous?.after ?? 0) && after > before;
}

/**
 * An id of which no row was ever written is left to the comparison with its owner: it has no read model, was refused, or is
 * about somebody who was erased before its first event came.
 */
function checkEffects({ service, processed, stored }: ServiceEvidence): Finding[] {
  const storesOf = grouped(stored, keyOfStore);
  const written = new Set(stored.map(({ id }) => id));
  const buried = new Set(stored.filter(isBurial).map(({ id }) => id));
  return processed
    .filter(({ aggregateId }) => written.has(aggregateId))
    .flatMap((step) => {
      const stores = storesOf.get(keyOfStep(step)) ?? [];
      const sequences = stores.map(({ after }) => after);
      const awaited = numbers(step.before + 1, step.after);
      const isEachOnce = sequences.join() === awaited.join();
      const isUntilBurial =
        buried.has(step.aggregateId) && sequences.join() === awaited.slice(0, sequences.length).join();
      if (isEachOnce || isUntilBurial) return [];
      const about = `${service}, ${step.source} ${step.aggregate} ${step.aggregateId}`;
      const detail = `its events ${step.before + 1} to ${step.after} were processed, and the read model was written with the news of ${sequences.join(', ') || 'none'}`;
      return [found(about, detail)];
    });
}

function checkEffectsWithoutStep({ service, processed, stored }: ServiceEvidence): Finding[] {
  const steps = grouped(processed, keyOfStep);
  return stored
    .filter((store) => !isBurial(store) && !steps.has(keyOfStore(store)))
    .map(({ table, id, after }) =>
      found(
        `${service}, ${table} ${id}`,
        `the row was written with the news of event ${after}, and that transaction recorded no event as processed`,
      ),
    );
}

function isBurial({ after }: StoredStep): boolean {
  return after === NO_MORE_NEWS;
}

function keyOfStep({ transactionId, aggregateId }: ProcessedStep): string {
  return `${transactionId} ${aggregateId}`;
}

function keyOfStore({ transactionId, id }: StoredStep): string {
  return `${transactionId} ${id}`;
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function found(about: string, detail: string): Finding {
  return { promise: 'nothing-twice', about, detail };
}
