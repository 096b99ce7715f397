/**
 * A small club whose ids are converted while clients work, step by step, by the command line: what the demonstration, the crash
 * tests and the tests of the way back have in common.
 *
 * Owns the club's workspace and databases, on a server of the caller's, and the clients' processes; `end` leaves nothing of them. Does not own
 * what is tried on it, nor the judgement: it tells what clients saw, and throws when rows are not what they were.
 *
 * Invariant: only migrations of phases that were asked for are in the workspace, so no command goes further than it should.
 */
import { verifyRows, type DatabaseUrls, type VerifiedTable } from '@hockey-hub/conversion-clients';
import { LARGE_CLUB_INDEXES, type LegacyService } from '@hockey-hub/legacy-clubs';
import { idMapOf } from '@hockey-hub/migrator/src/conversion/names';
import type { RunOptions } from '@hockey-hub/migrator/src/testing/fixture-workspace';
import {
  createLegacyClub,
  SERVICES,
  type LegacyClub,
  type LegacyClubOptions,
} from '@hockey-hub/migrator/src/testing/legacy-club';
import type { CliResult, RunningCli } from '@hockey-hub/migrator/src/testing/run-cli';
import { ConversionTrialsError } from '../errors';
import { ClientsOfTrial } from './clients-of-trial';
import { gatesOf, migrationOf, phaseOf, PHASES, phasesUpTo, type PhaseName } from './phases';
import { copyDatabases, dropDatabases } from './pristine-copy';
import { ReleasedPhases } from './released-phases';

export interface TrialOptions extends Pick<
  LegacyClubOptions,
  'users' | 'seed' | 'referringRowsPerUser' | 'dirt' | 'dangling'
> {
  /** Any database of the server to use; the caller's. */
  readonly serverUrl: string;
  /** Requests of all clients together; 100 when left out. */
  readonly perSecond?: number;
  /** Of each group of clients to each database; 8 when left out. */
  readonly connections?: number;
  /** Whether the club has indexes on its references, as one does whose tables are large. */
  readonly withIndexes?: boolean;
}

export interface PhaseOptions extends Pick<RunOptions, 'env' | 'nodeArguments' | 'onOutput'> {
  /** One service alone; both when left out. */
  readonly service?: LegacyService;
}

export class ConversionTrial {
  readonly clients: ClientsOfTrial;

  private constructor(
    readonly workspace: LegacyClub,
    readonly urls: DatabaseUrls,
    /** The databases as they were right after they were filled. Nobody changes them. */
    readonly before: DatabaseUrls,
    private readonly releases: ReleasedPhases,
    { perSecond = 100, connections = 8, seed }: TrialOptions,
  ) {
    this.clients = new ClientsOfTrial(urls, { perSecond, connections, seed });
  }

  /** No phase is there yet, and no client. */
  static async start(options: TrialOptions): Promise<ConversionTrial> {
    const { withIndexes = false, ...club } = options;
    const workspace = await createLegacyClub({
      ...club,
      ...(withIndexes && { additions: LARGE_CLUB_INDEXES }),
    });
    try {
      const urls = { user: workspace.urlOf('user-service'), training: workspace.urlOf('training-service') };
      const releases = await ReleasedPhases.of(workspace);
      for (const service of SERVICES) await releases.release(service, []);
      return new ConversionTrial(workspace, urls, await copyDatabases(urls), releases, options);
    } catch (error) {
      await workspace.remove();
      throw error;
    }
  }

  beginOld = (): Promise<void> => this.clients.beginOld();
  endOld = (): Promise<void> => this.clients.endOld();
  beginNew = (): Promise<void> => this.clients.beginNew();
  endNew = (): Promise<void> => this.clients.endNew();

  /** The migrator's command line. Await `exited`; `kill` and `pid` are for those who want it to end sooner. */
  cli(args: readonly string[], options?: RunOptions): RunningCli {
    return this.workspace.spawnCli(args, options);
  }

  /** The phases that each service has, in the order in which they were applied. */
  async applied(): Promise<Readonly<Record<LegacyService, readonly PhaseName[]>>> {
    const ofService = async (service: LegacyService) => {
      const sql = `SELECT "name" FROM "migrations" ORDER BY "id"`;
      const rows = await this.workspace.query<{ name: string }>(service, sql);
      return rows.flatMap(({ name }) => phaseOf(name) ?? []);
    };
    return {
      'user-service': await ofService('user-service'),
      'training-service': await ofService('training-service'),
    };
  }

  /**
   * Starts the one command that applies this phase, and those before it that are missing. Run again after a kill, it goes on.
   */
  async begin(phase: PhaseName, { service, ...options }: PhaseOptions = {}): Promise<RunningCli> {
    const services = service === undefined ? SERVICES : [service];
    const applied = await this.applied();
    for (const own of services) {
      await this.releases.release(own, [...new Set([...applied[own], ...phasesUpTo(phase)])]);
    }
    const gates = gatesOf(phase);
    return this.cli(
      [
        'migrate',
        ...(service === undefined ? [] : [service]),
        ...(gates.length > 0 ? ['--allow', ...gates] : []),
      ],
      options,
    );
  }

  /**
   * Applies this phase, and those before it that are missing.
   * @throws ConversionTrialsError COMMAND_FAILED, WRONG_PHASES when others came as well, or not all of them
   */
  async run(phase: PhaseName, options: PhaseOptions = {}): Promise<void> {
    const before = await this.applied();
    const running = await this.begin(phase, options);
    requireSuccess(`migrate up to ${phase}`, await running.exited);
    const applied = await this.applied();
    for (const service of options.service === undefined ? SERVICES : [options.service]) {
      const expected = PHASES.filter(
        (own) => before[service].includes(own) || phasesUpTo(phase).includes(own),
      );
      if (applied[service].join() === expected.join()) continue;
      throw new ConversionTrialsError(
        'WRONG_PHASES',
        `${service} has ${applied[service].join(', ') || 'no phase'} after migrating up to ${phase}.`,
      );
    }
  }

  /** One phase after the other, in both services unless one is named. @throws as `run` */
  async upTo(phase: PhaseName, options: PhaseOptions = {}): Promise<void> {
    for (const next of phasesUpTo(phase)) await this.run(next, options);
  }

  /**
   * The commands that take this phase back in both services, with all after it, in their order; those that have nothing to do are left out.
   * After a kill: ask again.
   */
  async revertCommands(phase: PhaseName): Promise<readonly (readonly string[])[]> {
    const applied = await this.applied();
    // The one that refers first: what it has depends on what the owner has.
    return [...SERVICES].reverse().flatMap((service) => {
      const staying = applied[service].filter((own) => PHASES.indexOf(own) < PHASES.indexOf(phase));
      if (staying.length === applied[service].length) return [];
      const last = staying.at(-1);
      const to = last === undefined ? BASELINES[service] : migrationOf(last);
      return [['migration-revert', service, '--to', to, '--with-dependents']];
    });
  }

  /** To before this phase, in both services. @throws ConversionTrialsError COMMAND_FAILED */
  async back(phase: PhaseName, options: Omit<PhaseOptions, 'service'> = {}): Promise<void> {
    for (let commands = await this.revertCommands(phase); commands.length > 0;) {
      const [command] = commands as [readonly string[]];
      requireSuccess(command.join(' '), await this.cli(command, options).exited);
      commands = await this.revertCommands(phase);
    }
  }

  /**
   * Ends the clients, and compares every row with what it was in the beginning or with what the client that wrote it last knows.
   * @param shape what the plain names hold
   * @throws ConversionClientsError ROWS_DIFFER
   */
  async verify(shape: 'numeric' | 'uuid'): Promise<VerifiedTable[]> {
    await this.clients.stop();
    const idMap = (await this.hasIdMaps()) ? idMapOf('users') : undefined;
    const { urls: after, before } = this;
    return verifyRows({ before, after, shape, written: this.clients.written, ...(idMap && { idMap }) });
  }

  /** Nothing of it is left. */
  async end(): Promise<void> {
    await this.clients.kill();
    await this.workspace.remove();
    await dropDatabases(this.urls);
    await dropDatabases(this.before);
  }

  /** They stay when a conversion is taken back, and clients that knew UUIDs may have left some. */
  private async hasIdMaps(): Promise<boolean> {
    const found = await Promise.all(
      SERVICES.map((service) =>
        this.workspace.query<{ isThere: boolean }>(
          service,
          `SELECT to_regclass('${idMapOf('users')}') IS NOT NULL AS "isThere"`,
        ),
      ),
    );
    return found.every(([row]) => row?.isThere);
  }
}

/** What the services had before the conversion. */
const BASELINES: Readonly<Record<LegacyService, string>> = {
  'user-service': 'LegacyUsers',
  'training-service': 'LegacyTraining',
};

function requireSuccess(what: string, { exitCode, stdout, stderr }: CliResult): void {
  if (exitCode === 0) return;
  throw new ConversionTrialsError(
    'COMMAND_FAILED',
    `${what} ended with ${exitCode ?? 'a signal'}:\n${stdout}${stderr}`,
  );
}
