/**
 * Runs the sagas of a service in this process, by DBOS. Owns DBOS's life: when it is launched, by what identity, what it takes
 * over from processes that are gone, and that it ends. Does not start, show or command sagas: `sagas.ts` does, in any process.
 *
 * DBOS is one per process. So is what runs sagas: a second application in the same process that would run some is refused at
 * boot, and a test gives it `SagasConfig` with `run` false. After an application is closed the next one may begin; nothing of
 * DBOS is left of the one before (`deregister`).
 *
 * A service boots without it: while the schema is missing (migrations pending) or the database is away it is tried again, and
 * sagas wait in their queues.
 */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { CommandClient } from '../commands/command-client';
import { NatsConnector } from '../nats/nats-connector';
import { BackgroundLoop } from '../outbox/background-loop';
import {
  connectionSettings,
  DBOS_APPLICATION_VERSION,
  DBOS_SCHEMA,
  dbosLog,
  dbosPool,
  jsonSerializer,
  UNUSED_URL,
} from './dbos-settings';
import { dbosRuntime } from './dbos-runtime';
import { ExecutorLease } from './executor-lease';
import type { Saga } from './saga-definition';
import { SagaError } from './saga-error';
import { SagaRun, type SagaInput } from './saga-run';
import type { Sagas } from './sagas';
import { SagasConfig } from './sagas.config';

const CONNECTIONS = 6;

/** A saga that outlived so many crashes of its process is taken for their cause, and waits for an operator. */
const MAX_CRASHES = 1_000;

/** What is under way in this process when it is told to end. */
const DRAIN_MS = 2_000;

const DAY_MS = 24 * 60 * 60_000;
const FORGET_INTERVAL_MS = 60 * 60_000;

/** The service whose sagas run in this process. */
let runningService: string | undefined;

@Injectable()
export class SagaEngine implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SagaEngine.name);
  private readonly loop: BackgroundLoop;
  private lease?: ExecutorLease;
  private pool?: Pool;
  private isStarted = false;
  private isLaunched = false;
  private forgetAgainAt = 0;

  constructor(
    private readonly service: string,
    private readonly sagas: readonly Saga[],
    private readonly config: Readonly<SagasConfig>,
    private readonly dataSource: DataSource,
    private readonly connector: NatsConnector,
    private readonly client: CommandClient,
    private readonly sagaStore: Pick<Sagas, 'forget'>,
  ) {
    this.loop = new BackgroundLoop({
      name: SagaEngine.name,
      idleMs: config.recoveryIntervalMs,
      work: () => this.lookAfter(),
    });
  }

  onApplicationBootstrap(): void {
    if (!this.config.run || this.sagas.length === 0 || !this.connector.isConfigured) return;
    if (runningService !== undefined) {
      throw new SagaError(
        'SAGAS_ALREADY_RUN',
        `${runningService} runs its sagas in this process already, and DBOS is one per process: set SAGAS_RUN=false here`,
      );
    }
    runningService = this.service;
    this.isStarted = true;
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    if (!this.isStarted) return;
    try {
      await this.loop.stop();
      await this.land(DRAIN_MS);
    } finally {
      runningService = undefined;
    }
  }

  private async lookAfter(): Promise<'idle'> {
    if (!this.isLaunched) await this.launch();
    await this.lease!.recoverDead((id) => DBOSExecutor.globalInstance!.recoverPendingWorkflows([id]));
    await this.forgetOld();
    return 'idle';
  }

  private async launch(): Promise<void> {
    try {
      this.lease = new ExecutorLease(connectionSettings(this.dataSource, this.service));
      await this.lease.hold();
      this.pool = dbosPool(this.dataSource, this.service, CONNECTIONS);
      for (const saga of this.sagas) this.register(saga);
      DBOS.setConfig({
        name: this.service,
        executorID: this.lease.executorId,
        applicationVersion: DBOS_APPLICATION_VERSION,
        systemDatabaseUrl: UNUSED_URL,
        systemDatabasePool: this.pool,
        systemDatabaseSchemaName: DBOS_SCHEMA,
        serializer: jsonSerializer,
        listenQueues: this.sagas.map(({ workflow }) => workflow),
        logger: dbosLog(),
        // The role of a service may change rows alone; the schema comes from its migrations.
        runMigrations: false,
      });
      await DBOS.launch();
      for (const { workflow } of this.sagas) await this.registerQueue(workflow);
      this.isLaunched = true;
      this.logger.log(`runs ${this.sagas.map(({ workflow }) => workflow).join(', ')}`);
    } catch (error) {
      await this.land(0);
      throw error;
    }
  }

  /** Every replica does, which does no harm. */
  private async forgetOld(): Promise<void> {
    const now = Date.now();
    if (now < this.forgetAgainAt) return;
    const endedBefore = new Date(now - this.config.retentionDays * DAY_MS);
    while ((await this.sagaStore.forget(endedBefore)) > 0);
    this.forgetAgainAt = now + FORGET_INTERVAL_MS;
  }

  private register(saga: Saga): void {
    const run = (start: SagaInput) =>
      new SagaRun(saga, DBOS.workflowID!, start, dbosRuntime, this.client).run();
    DBOS.registerWorkflow(run, { name: saga.workflow, maxRecoveryAttempts: MAX_CRASHES });
  }

  private async registerQueue(name: string): Promise<void> {
    const { atOnce, pollIntervalMs } = this.config;
    await DBOS.registerQueue(name, {
      workerConcurrency: atOnce,
      minPollingIntervalMs: pollIntervalMs,
      onConflict: 'always_update',
    });
  }

  private async land(drainMs: number): Promise<void> {
    this.isLaunched = false;
    await DBOS.shutdown({ deregister: true, workflowCompletionTimeoutMS: drainMs });
    await this.lease?.release();
    await this.pool?.end();
    this.lease = this.pool = undefined;
  }
}
