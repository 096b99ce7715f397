/**
 * The whole conversion of a legacy club as an operator does it, by the command line and through both gates, while clients read and write
 * all the time; the migrator is killed once, in the middle of a fill.
 *
 *   old clients   |================================================|
 *   new clients                                        |=======================|
 *   phases           before  1  2  3 (killed, again 3)     4          5   after
 *
 * Owns the order of events. Does not own how a step is done (`trial/`), what is said about it (`report`), nor the server.
 */
import {
  ConversionClientsError,
  lockAttempts,
  nowMs,
  type NamedPeriod,
  type Period,
  type RequestLog,
  type VerifiedTable,
} from '@hockey-hub/conversion-clients';
import { takeOutNobody, type DirtRequest, type SeededClubs } from '@hockey-hub/legacy-clubs';
import { withConnection } from '@hockey-hub/migrator/src/pg/connect';
import { setTimeout as pause } from 'node:timers/promises';
import { ConversionTrial } from '../trial/conversion-trial';
import type { PhaseName } from '../trial/phases';
import { killInFill, type MigratorKill } from './kill-in-fill';
import { ProgressLines } from './progress-lines';

export interface DemonstrationOptions {
  readonly users: number;
  readonly seed: number;
  /** Requests of all clients together. */
  readonly perSecond: number;
  /** How long the clients are alone before the first phase, and again after the last one. */
  readonly idleSeconds: number;
  /** Any database of the server to use. */
  readonly serverUrl: string;
  /** Told what happens, a line at a time. */
  readonly tell: (line: string) => void;
  /** Breaks it off, after the command that is running. */
  readonly signal?: AbortSignal;
}

/** What was seen; what it means is for others to say. */
export interface Demonstration {
  readonly options: Pick<DemonstrationOptions, 'users' | 'seed' | 'perSecond'>;
  readonly seeded: SeededClubs;
  /** `before`, the phases, and `after`. Between them, clients come and go. */
  readonly stages: readonly NamedPeriod[];
  readonly kill: MigratorKill;
  readonly log: RequestLog;
  readonly lockAttempts: readonly Period[];
  /** What the conversion kept aside, and how many there were. */
  readonly quarantined: { readonly found: number; readonly kept: number };
  /** All that is what it was; or why it is not. */
  readonly verified: readonly VerifiedTable[] | ConversionClientsError;
}

/** Of each thousand users one of every kind that a conversion has to decide about, in rows that no client changes. */
const dirtOf = (users: number): DirtRequest => {
  const each = Math.max(1, Math.round(users / 1_000));
  return { danglingPlayers: each, danglingCoaches: each, danglingLoads: each, danglingNotes: each };
};

/** Some rows of the seed refer to nobody; with so many there are 10 for each user that refer to one. */
const ROWS_PER_USER = 10.6;
/** In which clients use each of their new connections for the first time, which is not the conversion's doing. */
const WARM_UP_MS = 2_000;
const CONVERSION = 'users';

/** @throws ConversionTrialsError COMMAND_FAILED, KILL_MISSED; ConversionClientsError CLIENTS_FAILED; the signal's AbortError */
export async function demonstrate(options: DemonstrationOptions): Promise<Demonstration> {
  const { users, seed, perSecond, serverUrl, tell } = options;
  tell(`seeding ${users.toLocaleString('en-US')} users and what refers to them`);
  const trial = await ConversionTrial.start({
    ...{ users, seed, perSecond, serverUrl, withIndexes: true, referringRowsPerUser: ROWS_PER_USER },
    ...{ dirt: dirtOf(users), dangling: 'quarantine' },
  });
  try {
    const walk = new Walk(trial, options);
    const kill = await walk.throughAll();
    tell('clients end; every row and every reference is compared');
    await trial.clients.stop();
    return {
      options: { users, seed, perSecond },
      ...{ seeded: trial.workspace.seeded, stages: walk.stages, kill },
      log: trial.clients.logs[0]!,
      lockAttempts: await lockAttempts(trial.urls),
      quarantined: await quarantined(trial),
      verified: await verify(trial),
    };
  } finally {
    await trial.end();
  }
}

/** What is done while clients are there, one thing after the other. */
class Walk {
  readonly stages: NamedPeriod[] = [];

  constructor(
    private readonly trial: ConversionTrial,
    private readonly options: DemonstrationOptions,
  ) {}

  async throughAll(): Promise<MigratorKill> {
    const { trial } = this;
    await this.welcome('clients that know numbers begin', trial.beginOld);
    await this.idle('before');
    await this.apply('AddUuidColumns');
    await this.apply('GenerateUuids');
    const kill = await this.stage('UpdateReferences', async () => {
      const killed = await this.killedIn('UpdateReferences');
      await this.run('UpdateReferences');
      return killed;
    });
    await this.welcome('clients that know UUIDs begin', trial.beginNew);
    await this.apply('SwitchPrimaryKeys');
    this.options.tell('clients that know numbers end');
    await trial.endOld();
    await this.apply('RemoveNumericIds');
    await this.idle('after');
    return kill;
  }

  private apply(phase: PhaseName): Promise<void> {
    return this.stage(phase, () => this.run(phase));
  }

  private run(phase: PhaseName): Promise<void> {
    return this.trial.run(phase, { onOutput: progressTo(this.options.tell) });
  }

  private async killedIn(phase: PhaseName): Promise<MigratorKill> {
    const { tell } = this.options;
    const migrator = await this.trial.begin(phase, { onOutput: progressTo(tell) });
    const kill = await killInFill(migrator, this.trial.urls.training, CONVERSION);
    tell('the migrator is killed (SIGKILL), and run again');
    return kill;
  }

  private async welcome(what: string, begin: () => Promise<void>): Promise<void> {
    this.options.tell(what);
    await begin();
    await pause(WARM_UP_MS, undefined, { signal: this.options.signal });
  }

  private idle(name: string): Promise<void> {
    const { idleSeconds, signal } = this.options;
    return this.stage(name, () => pause(idleSeconds * 1_000, undefined, { signal }));
  }

  private async stage<T>(name: string, work: () => Promise<T>): Promise<T> {
    const { tell, signal } = this.options;
    signal?.throwIfAborted();
    tell(name);
    const fromMs = nowMs();
    const result = await work();
    this.stages.push({ name, fromMs, toMs: nowMs() });
    return result;
  }
}

const progressTo = (tell: (line: string) => void) => new ProgressLines((line) => tell(`  ${line}`)).take;

/** Counted by the seeder and taken out by hand, in the copy of before; counted again in what the conversion kept. */
async function quarantined({ before, urls }: ConversionTrial): Promise<Demonstration['quarantined']> {
  const found = await withConnection(before.training, 'trial', takeOutNobody);
  const kept = await withConnection(urls.training, 'trial', async (client) => {
    const { rows } = await client.query<{ count: string }>(
      'SELECT count(*) AS "count" FROM "id_conversion"."dangling"',
    );
    return Number(rows[0]!.count);
  });
  return { found, kept };
}

/** Rows that differ are a result, and the rest of it is told all the same. */
async function verify(trial: ConversionTrial): Promise<Demonstration['verified']> {
  try {
    return await trial.verify('uuid');
  } catch (error) {
    if (error instanceof ConversionClientsError && error.code === 'ROWS_DIFFER') return error;
    throw error;
  }
}
