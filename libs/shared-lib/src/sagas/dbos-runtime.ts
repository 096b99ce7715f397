import { DBOS } from '@dbos-inc/dbos-sdk';
import type { SagaOrder } from './saga-progress';
import type { SagaRuntime } from './saga-runtime';

/** Under which a saga writes down how far it is. */
export const PROGRESS_EVENT = 'progress';
/** Where operators leave their orders. */
export const ORDERS_TOPIC = 'orders';

/** The runtime of the workflow that is running: DBOS finds out which by itself. */
export const dbosRuntime: SagaRuntime = {
  once: (name, work) => DBOS.runStep(work, { name }),
  order: async (withinMs) =>
    (await DBOS.recv<SagaOrder>(ORDERS_TOPIC, { timeoutSeconds: withinMs / 1_000 })) ?? undefined,
  report: (progress) => DBOS.setEvent(PROGRESS_EVENT, progress),
};
