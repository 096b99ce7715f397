/**
 * All clients of one process: groups that come and go, one steady rate of requests among those that are there.
 *
 * Owns the connections, the choice of requests and the record of what became of them. Does not own what a request is
 * (`requests/`), nor what the record says (`analysis/`).
 */
import { randomBytes } from 'node:crypto';
import { RandomSource } from '@hockey-hub/seeded-random';
import { Pool } from 'pg';
import type { ClientGroup, DatabaseName, DatabaseUrls } from '../client-group';
import { ask } from '../requests/ask';
import { KnownUsers } from '../requests/known-users';
import { Ledger, type LedgerRow } from '../requests/ledger';
import { READS } from '../requests/reads';
import type { Request, Statement } from '../requests/request';
import { learnUsers, sampleRows, type SampledRows } from '../requests/sampled-rows';
import { TRAINING_WRITES } from '../requests/training-writes';
import { USER_WRITES } from '../requests/user-writes';
import { Arrivals } from './arrivals';
import { nowMs } from './clock';
import { RequestRecorder, type RequestLog } from './request-log';

const REQUESTS = [...READS, ...USER_WRITES, ...TRAINING_WRITES] as [Request, ...Request[]];

export interface LoadOptions {
  /** Requests of all groups together. */
  readonly perSecond: number;
  /** Of each group to each database. */
  readonly connections: number;
  readonly seed: number;
}

export interface Witnessed {
  readonly log: RequestLog;
  readonly written: readonly LedgerRow[];
}

interface ActiveGroup {
  readonly group: ClientGroup;
  readonly pools: Readonly<Record<DatabaseName, Pool>>;
  readonly users: KnownUsers;
  /** Those that it can ask for. */
  readonly requests: readonly [Request, ...Request[]];
}

export class ClientLoad {
  readonly recorder = new RequestRecorder();
  private readonly ledger = new Ledger();
  private readonly random: RandomSource;
  private readonly active: ActiveGroup[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private readonly run = randomBytes(6).toString('hex');
  private rows: SampledRows = { sessions: [], workouts: [], assignments: [] };
  private arrivals?: Arrivals;
  private names = 0;

  constructor(
    private readonly urls: DatabaseUrls,
    private readonly options: LoadOptions,
  ) {
    this.random = new RandomSource(options.seed);
  }

  /** Resolves when the group has its connections and knows what it works with; its requests begin then. @throws what `pg` throws */
  async begin(group: ClientGroup): Promise<void> {
    const pools = { user: this.pool(group, 'user'), training: this.pool(group, 'training') };
    for (const pool of Object.values(pools)) await this.connectAll(pool);
    const users = new KnownUsers();
    await learnUsers(pools.user, users);
    if (this.rows.workouts.length === 0) this.rows = await sampleRows(pools.user, pools.training);
    this.active.push({ group, pools, users, requests: requestsOf(group) });
    this.arrivals ??= new Arrivals(this.options.perSecond, (dueAtMs) => this.beginRequest(dueAtMs));
  }

  /** Those who are there learn ids that were not there before. @throws what `pg` throws */
  async learn(): Promise<void> {
    for (const { pools, users } of this.active) await learnUsers(pools.user, users);
  }

  /** No request of the group begins any more; those under way end as they do. */
  async end(name: string): Promise<void> {
    const index = this.active.findIndex(({ group }) => group.name === name);
    const [ended] = index < 0 ? [] : this.active.splice(index, 1);
    if (!ended) return;
    await Promise.all(this.underWay);
    await Promise.all([ended.pools.user.end(), ended.pools.training.end()]);
  }

  /** Ends everything, when the last answer has come. */
  async stop(): Promise<Witnessed> {
    await this.arrivals?.stop();
    for (const { group } of [...this.active]) await this.end(group.name);
    return { log: this.recorder.toLog(), written: this.ledger.all() };
  }

  private pool({ searchPath, name }: ClientGroup, database: DatabaseName): Pool {
    const pool = new Pool({
      connectionString: this.urls[database],
      application_name: `conversion-clients ${name}`,
      options: `-c search_path=${searchPath}`,
      max: this.options.connections,
      // A connection that is closed for being idle would make somebody wait for a new one.
      idleTimeoutMillis: 0,
    });
    // A connection that breaks is replaced; who waits on it is told by the request.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }

  /** Opened while requests arrive, they would keep each other waiting, and it is not the conversion that those would wait for. */
  private async connectAll(pool: Pool): Promise<void> {
    const all = Array.from({ length: this.options.connections }, () => pool.connect());
    for (const client of await Promise.all(all)) client.release();
  }

  private beginRequest(dueAtMs: number): void {
    const client = this.random.pickIfAny(this.active);
    if (!client) return;
    const request = drawRequest(this.random, client.requests);
    const statement = request.compose({
      ids: client.group.ids,
      random: this.random,
      users: client.users,
      rows: this.rows,
      unique: () => `${this.run}-${++this.names}`,
    });
    if (!statement || !this.mayWrite(statement)) return;
    const answered = this.answer(client, request, statement, dueAtMs);
    this.underWay.add(answered);
    void answered.then(() => this.underWay.delete(answered));
  }

  /** Who would write a row that is being written asks for nothing instead. */
  private mayWrite({ writes }: Statement): boolean {
    return !writes?.isUpdate || this.ledger.reserve(writes.table, writes.key);
  }

  private async answer(
    { group, pools, users }: ActiveGroup,
    { name, database }: Request,
    statement: Statement,
    dueAtMs: number,
  ): Promise<void> {
    const error = await ask(pools[database], statement, this.ledger, users);
    const latencyMs = nowMs() - dueAtMs;
    this.recorder.record({ dueAtMs, latencyMs, group: group.name, request: name, ...(error && { error }) });
  }
}

/** Each as often as its weight says. */
function drawRequest(random: RandomSource, requests: ActiveGroup['requests']): Request {
  const total = requests.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.integer(1, total);
  return requests.find(({ weight }) => (left -= weight) <= 0) ?? requests[0];
}

function requestsOf({ name, databases }: ClientGroup): readonly [Request, ...Request[]] {
  const [first, ...others] = REQUESTS.filter(({ database }) => databases?.includes(database) ?? true);
  if (first === undefined) throw new Error(`the clients "${name}" work with no database`);
  return [first, ...others];
}
