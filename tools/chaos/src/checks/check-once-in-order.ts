/**
 * Pure: whether each event was processed once and in its order, from what the triggers saw the listener do. Of one aggregate
 * id: every step begins where the one before ended, and goes one further; a longer step is a state taken over from the
 * owner (a snapshot). The read model's row is written by the transaction of the step, once, and never with older news.
 */
import { grouped } from './check-delivery';
import type { ProcessedStep, ServiceEvidence, StoredStep } from './evidence';
import type { Finding } from './finding';

export function checkOnceInOrder(services: readonly ServiceEvidence[]): Finding[] {
  return services.flatMap((listener) => [...checkSteps(listener), ...checkStores(listener)]);
}

/** How many steps took over a state instead of processing an event. */
export function countSnapshotSteps(services: readonly ServiceEvidence[]): number {
  return services.flatMap(({ processed }) => processed).filter(({ before, after }) => after > before + 1)
    .length;
}

function checkSteps({ service, processed }: ServiceEvidence): Finding[] {
  const byAggregate = grouped(processed, (step) => `${step.source} ${step.aggregate} ${step.aggregateId}`);
  return [...byAggregate].flatMap(([key, steps]) => {
    const wrong = steps.findIndex((step, index) => !follows(step, steps[index - 1]));
    if (wrong < 0) return [];
    const path = steps.map(({ before, after }) => `${before}>${after}`).join(', ');
    const detail = `the ${ordinal(wrong + 1)} step does not go on where the one before ended: ${path}`;
    return [{ promise: 'nothing-twice' as const, about: `${service}, ${key}`, detail }];
  });
}

function follows({ before, after }: ProcessedStep, previous: ProcessedStep | undefined): boolean {
  return before === (previous?.after ?? 0) && after > before;
}

function checkStores({ service, processed, stored }: ServiceEvidence): Finding[] {
  const stepsOf = grouped(processed, ({ transactionId, aggregateId }) => `${transactionId} ${aggregateId}`);
  const byRow = grouped(stored, ({ table, id }) => `${table} ${id}`);
  return [...byRow].flatMap(([key, stores]) => {
    const problem = stores.map((store) => problemOf(store, stepsOf)).find((found) => found !== undefined);
    if (problem === undefined) return [];
    return [{ promise: 'nothing-twice' as const, about: `${service}, ${key}`, detail: problem }];
  });
}

function problemOf(
  { before, after, id, transactionId }: StoredStep,
  stepsOf: ReadonlyMap<string, readonly ProcessedStep[]>,
): string | undefined {
  if (before !== undefined && before > after)
    return `the row went back from the news of event ${before} to those of ${after}`;
  const isRecorded = stepsOf.get(`${transactionId} ${id}`)?.some((step) => step.after >= after);
  if (isRecorded !== true && before === after)
    return `the row was written twice with the news of event ${after}`;
  return isRecorded === true
    ? undefined
    : `the row was written with the news of event ${after}, and the transaction did not record that event as processed`;
}

function ordinal(number: number): string {
  return `${number}${{ 1: 'st', 2: 'nd', 3: 'rd' }[number] ?? 'th'}`;
}
