/** What an operator may tell a saga, and when. Shared by the service and the command line. */
import { SagaError } from './saga-error';
import type { SagaStore } from './saga-store';
import { GIVEN_UP_STATUSES, type SagaRow } from './saga-view';

/** @throws SagaError SAGA_NOT_FOUND, SAGA_OVER */
export async function retrySaga(store: SagaStore, id: string): Promise<void> {
  const row = await underWay(store, id);
  // In this order: going back to where it was takes away the orders that nobody read.
  if (isGivenUp(row)) await store.revive(row);
  await store.order(id, 'retry');
}

/** @throws SagaError SAGA_NOT_FOUND, SAGA_OVER, SAGA_PAST_PIVOT */
export async function cancelSaga(store: SagaStore, id: string): Promise<void> {
  const row = await underWay(store, id);
  if (row.progress?.isPastPivot) {
    throw new SagaError(
      'SAGA_PAST_PIVOT',
      `the saga ${id} did what cannot be taken back, and can only go forward: retry it when what stopped it is mended`,
    );
  }
  if (isGivenUp(row)) await store.revive(row);
  await store.order(id, 'cancel');
}

async function underWay(store: SagaStore, id: string): Promise<SagaRow> {
  const row = await store.find(id);
  if (row.state !== 'finished' && row.state !== 'compensated') return row;
  throw new SagaError('SAGA_OVER', `the saga ${id} is ${row.state}: there is nothing left to do`);
}

function isGivenUp({ status }: SagaRow): boolean {
  return GIVEN_UP_STATUSES.includes(status);
}
