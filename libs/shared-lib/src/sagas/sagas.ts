/**
 * The sagas of a service: starts them, shows them and passes on what operators want. The same in every process of the service,
 * whether it runs sagas or not.
 */
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { currentTraceparent } from '../observability/current-traceparent';
import { readAs } from '../validation/read-as';
import { dbosPool } from './dbos-settings';
import type { Saga } from './saga-definition';
import { SagaError } from './saga-error';
import { retrySaga, cancelSaga } from './saga-orders';
import { SagaStore, type SagaCount, type SagaFilter } from './saga-store';
import { detailsOf, viewOf, type SagaDetails, type SagaView } from './saga-view';

const CONNECTIONS = 3;

/** Part of the keys of its commands, which have at most 200 characters. */
const ID = /^[A-Za-z0-9_-]{1,100}$/;

export interface StartOptions {
  /** Which saga it is: the same id is the same saga, however often it is started. A new UUID when left out. */
  readonly id?: string;
  /** Of a transaction in the service's database: the saga begins when that commits, and not at all when it does not. */
  readonly manager?: EntityManager;
}

@Injectable()
export class Sagas implements OnApplicationShutdown {
  private readonly pool: Pool;
  private store?: Promise<SagaStore>;

  constructor(
    private readonly service: string,
    private readonly sagas: readonly Saga[],
    dataSource: DataSource,
  ) {
    this.pool = dbosPool(dataSource, service, CONNECTIONS);
  }

  /**
   * @returns the saga's id
   * @throws SagaError SAGA_INPUT_INVALID, SAGA_ID_INVALID, SAGA_ID_REUSED, SAGA_UNKNOWN
   */
  async start<Input extends object>(
    saga: Saga<Input>,
    input: Input,
    { id = uuidv7(), manager }: StartOptions = {},
  ): Promise<string> {
    if (!this.sagas.some(({ workflow }) => workflow === saga.workflow)) {
      throw new SagaError(
        'SAGA_UNKNOWN',
        `${this.service} does not have the saga ${saga.workflow}: give it to SagasModule`,
      );
    }
    if (!ID.test(id)) {
      throw new SagaError(
        'SAGA_ID_INVALID',
        'the id of a saga has 1 to 100 letters, digits, hyphens and underscores',
      );
    }
    const plain = JSON.parse(JSON.stringify(input)) as object;
    const { faults } = readAs(saga.inputClass, plain);
    if (faults)
      throw new SagaError('SAGA_INPUT_INVALID', `the input of ${saga.workflow}: ${faults.join('; ')}`);
    const traceparent = currentTraceparent();
    const start = { input: plain, ...(traceparent !== undefined && { traceparent }) };
    const store = await this.opened();
    await store.enqueue(saga.workflow, id, start, manager && (await connectionOf(manager)));
    return id;
  }

  async list(filter: SagaFilter = {}): Promise<SagaView[]> {
    const store = await this.opened();
    return (await store.list(filter)).map(viewOf);
  }

  /** @throws SagaError SAGA_NOT_FOUND */
  async inspect(id: string): Promise<SagaDetails> {
    const store = await this.opened();
    return detailsOf(await store.find(id));
  }

  /**
   * Makes a saga that waits (for its next attempt, or for an operator) go on now.
   * @throws SagaError SAGA_NOT_FOUND, SAGA_OVER
   */
  async retry(id: string): Promise<void> {
    await retrySaga(await this.opened(), id);
  }

  /**
   * Stops a saga and takes back what it did.
   * @throws SagaError SAGA_NOT_FOUND, SAGA_OVER, SAGA_PAST_PIVOT
   */
  async cancel(id: string): Promise<void> {
    await cancelSaga(await this.opened(), id);
  }

  /** How many sagas of each name are in each state; states without any are left out. */
  async count(): Promise<SagaCount[]> {
    return (await this.opened()).count();
  }

  /**
   * Forgets sagas that finished or were compensated before then, a thousand at most.
   * @returns how many; call again until it is 0
   */
  async forget(endedBefore: Date): Promise<number> {
    return (await this.opened()).forget(endedBefore);
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.store)?.close();
    await this.pool.end();
  }

  private opened(): Promise<SagaStore> {
    this.store ??= SagaStore.on(this.pool, this.service);
    return this.store;
  }
}

/** pg's own connection under a TypeORM transaction. */
async function connectionOf(manager: EntityManager): Promise<PoolClient> {
  const { queryRunner } = manager;
  if (!queryRunner?.isTransactionActive) {
    throw new RangeError('the manager that a saga is started with must be in a transaction');
  }
  return (await queryRunner.connect()) as PoolClient;
}
