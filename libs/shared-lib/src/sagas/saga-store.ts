/**
 * Sagas in the database: reads DBOS's tables, whose schema `tables/` freezes, and changes them through DBOS's client alone. Needs
 * no process that runs sagas, so that the sagas of a service that is down can be seen, and told what to do when it is up again.
 */
import { DBOSClient } from '@dbos-inc/dbos-sdk';
import stringify from 'safe-stable-stringify';
import type { Pool, PoolClient } from 'pg';
import { DBOS_APPLICATION_VERSION, DBOS_SCHEMA, dbosLog, jsonSerializer, UNUSED_URL } from './dbos-settings';
import { ORDERS_TOPIC, PROGRESS_EVENT } from './dbos-runtime';
import { SagaError } from './saga-error';
import type { SagaOrder, SagaState } from './saga-progress';
import type { SagaInput } from './saga-run';
import { STATE, type SagaRow } from './saga-view';

export interface SagaFilter {
  readonly saga?: string;
  readonly state?: SagaState;
  /** Newest first; 50 when left out. */
  readonly limit?: number;
}

export interface SagaCount {
  readonly saga: string;
  readonly state: SagaState;
  readonly count: number;
}

type Queryable = Pick<Pool | PoolClient, 'query'>;

const FROM = `
  FROM dbos.workflow_status w
  LEFT JOIN dbos.workflow_events e ON e.workflow_uuid = w.workflow_uuid AND e.key = '${PROGRESS_EVENT}'`;

const ROWS = `
  SELECT w.workflow_uuid AS id, w.name AS workflow, w.status, ${STATE} AS state, e.value::jsonb AS progress,
         i.inputs::jsonb AS input, o.error, w.created_at, w.updated_at, w.completed_at
  ${FROM}
  LEFT JOIN dbos.workflow_input i ON i.workflow_uuid = w.workflow_uuid
  LEFT JOIN dbos.workflow_output o ON o.workflow_uuid = w.workflow_uuid
  WHERE w.application_name = $1`;

const NAME = `regexp_replace(w.name, '\\.v\\d+$', '')`;

export class SagaStore {
  private constructor(
    private readonly pool: Pool,
    private readonly service: string,
    private readonly client: DBOSClient,
  ) {}

  static async on(pool: Pool, service: string): Promise<SagaStore> {
    const client = await DBOSClient.create({
      systemDatabaseUrl: UNUSED_URL,
      systemDatabasePool: pool,
      systemDatabaseSchemaName: DBOS_SCHEMA,
      serializer: jsonSerializer,
      applicationName: service,
      logger: dbosLog(),
    });
    return new SagaStore(pool, service, client);
  }

  /**
   * Puts a saga into its queue, once for each id.
   * @param within a connection that is in a transaction: the saga exists when that commits
   * @throws SagaError SAGA_ID_REUSED
   */
  async enqueue(workflow: string, id: string, start: SagaInput, within?: PoolClient): Promise<void> {
    const options = {
      ...{ workflowName: workflow, queueName: workflow, workflowID: id },
      appVersion: DBOS_APPLICATION_VERSION,
    };
    const on = within ?? this.pool;
    let known = await this.startOf(id, on);
    if (!known) {
      if (within) await this.client.enqueueInTransaction(within, options, start);
      else await this.client.enqueue(options, start);
      // Of two that begin at the same moment one finds the other's.
      known = await this.startOf(id, on);
    }
    if (known?.workflow === workflow && stringify(known.input) === stringify(start.input)) return;
    const whose = known?.workflow === workflow ? `${workflow} with another input` : String(known?.workflow);
    throw new SagaError('SAGA_ID_REUSED', `the id ${id} is that of a saga ${whose}`);
  }

  async list({ saga, state, limit = 50 }: SagaFilter): Promise<SagaRow[]> {
    const { rows } = await this.pool.query<SagaRow>(
      `SELECT * FROM (${ROWS} AND ($2::text IS NULL OR ${NAME} = $2)) s
       WHERE $3::text IS NULL OR state = $3 ORDER BY created_at DESC, id DESC LIMIT $4`,
      [this.service, saga ?? null, state ?? null, limit],
    );
    return rows;
  }

  /** @throws SagaError SAGA_NOT_FOUND */
  async find(id: string): Promise<SagaRow> {
    const { rows } = await this.pool.query<SagaRow>(`${ROWS} AND w.workflow_uuid = $2`, [this.service, id]);
    if (rows[0]) return rows[0];
    throw new SagaError('SAGA_NOT_FOUND', `there is no saga ${id} in ${this.service}`);
  }

  async count(): Promise<SagaCount[]> {
    const { rows } = await this.pool.query<SagaCount>(
      `SELECT ${NAME} AS saga, ${STATE} AS state, count(*)::int AS count ${FROM}
       WHERE w.application_name = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
      [this.service],
    );
    return rows;
  }

  /** Leaves an order for a saga; it is carried out when a process runs it. */
  async order(id: string, order: SagaOrder): Promise<void> {
    await this.client.send(id, order, ORDERS_TOPIC);
  }

  /** Puts a saga that DBOS gave up back into its queue, where it was. */
  async revive({ id, workflow, status }: SagaRow): Promise<void> {
    if (status !== 'ERROR') {
      await this.client.resumeWorkflow(id, { queueName: workflow });
      return;
    }
    const { rows } = await this.pool.query<{ step: number }>(
      `SELECT coalesce(min(function_id) FILTER (WHERE error IS NOT NULL), max(function_id) + 1, 0)::int AS step
       FROM dbos.operation_outputs WHERE workflow_uuid = $1`,
      [id],
    );
    await this.client.rewindWorkflow(id, {
      ...{ startStep: rows[0]!.step, queueName: workflow },
      applicationVersion: DBOS_APPLICATION_VERSION,
    });
  }

  /**
   * Forgets sagas that ended before then, a thousand at most.
   * @returns how many were forgotten; call again until it is 0
   */
  async forget(endedBefore: Date): Promise<number> {
    const { rows } = await this.pool.query<{ id: string }>(
      `SELECT workflow_uuid AS id FROM dbos.workflow_status
       WHERE application_name = $1 AND status = 'SUCCESS' AND completed_at < $2 ORDER BY completed_at LIMIT 1000`,
      [this.service, endedBefore.getTime()],
    );
    if (rows.length > 0) await this.client.deleteWorkflows(rows.map(({ id }) => id));
    return rows.length;
  }

  async close(): Promise<void> {
    await this.client.destroy();
  }

  private async startOf(
    id: string,
    on: Queryable,
  ): Promise<{ readonly workflow: string; readonly input: object } | undefined> {
    const { rows } = await on.query<{ workflow: string; start: [SagaInput] }>(
      `SELECT w.name AS workflow, i.inputs::jsonb AS start
       FROM dbos.workflow_status w JOIN dbos.workflow_input i ON i.workflow_uuid = w.workflow_uuid
       WHERE w.workflow_uuid = $1`,
      [id],
    );
    return rows[0] && { workflow: rows[0].workflow, input: rows[0].start[0].input };
  }
}
