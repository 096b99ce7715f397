/**
 * `nx run migrator:demo-conversion`: a server of its own, the demonstration on it, the report. Exit codes, as Nx gives them on:
 *
 *   0  every row and every reference is what it was, and no client saw an error
 *   1  it is not so, and the report says what; or the run could not be made, or was broken off
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { ConversionClientsError } from '@hockey-hub/conversion-clients';
import {
  DevServicesError,
  LARGE_PRODUCTION_SETTINGS,
  startTemporaryPostgres,
} from '@hockey-hub/dev-services';
import { LegacyClubsError } from '@hockey-hub/legacy-clubs';
import { withConnection } from '@hockey-hub/migrator/src/pg/connect';
import { describeMachine, renderTables, type Machine } from '@hockey-hub/recorded-runs';
import { PICTURE, RECORD, WORKSPACE_ROOT } from '../config';
import { ConversionTrialsError } from '../errors';
import { demonstrate } from './demonstrate';
import { pictureOf } from './picture';
import { reportOf } from './report';
import { sectionsOf } from './sections';
import { requirePlace, writeRecord } from './write-record';

export interface DemonstrationCommand {
  readonly users: number;
  readonly seed: number;
  readonly perSecond: number;
  readonly idleSeconds: number;
  /** Whether report and picture become part of the migrator's README. */
  readonly record: boolean;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** @returns the exit code */
export async function main(command: DemonstrationCommand): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const signal of SIGNALS) process.once(signal, onSignal);
  try {
    return await run(command, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) process.stderr.write('broken off; nothing is left of it\n');
    else if (isOurs(error)) process.stderr.write(`${error.message}\n`);
    else throw error;
    return 1;
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  }
}

async function run({ record, ...command }: DemonstrationCommand, signal: AbortSignal): Promise<number> {
  // Sooner than after half an hour.
  if (record) await requirePlace(RECORD.readme);
  const tell = clock();
  // As the migrator's runbook has the operator set it before.
  const settings = { ...LARGE_PRODUCTION_SETTINGS, wal_init_zero: 'off' };
  const server = await startTemporaryPostgres({ settings });
  try {
    const seen = await demonstrate({ ...command, serverUrl: server.url, tell, signal });
    const report = reportOf(seen);
    const [sections, picture] = [sectionsOf(report), pictureOf(seen)];
    process.stdout.write(`\n${renderTables(sections)}\n`);
    const isWell = report.findings.length === 0;
    if (record && isWell) {
      const machine = await withConnection(server.url, 'demonstration', (admin) =>
        describeMachine(WORKSPACE_ROOT, admin),
      );
      await writeRecord({ summary: summaryOf(command, machine), sections, picture }, RECORD);
      tell(`written: ${[RECORD.readme, RECORD.picture].map(shown).join(', ')}`);
    } else {
      await mkdir(dirname(PICTURE), { recursive: true });
      await writeFile(PICTURE, picture);
      tell(`picture: ${shown(PICTURE)}${record ? '; a run with findings is not recorded' : ''}`);
    }
    for (const finding of report.findings) process.stderr.write(`${finding}\n`);
    return isWell ? 0 : 1;
  } finally {
    await server.stop();
  }
}

/** Prints lines with the time since it was made. */
function clock(): (line: string) => void {
  const startedAt = performance.now();
  return (line) => {
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    process.stdout.write(`${seconds.padStart(7)} s  ${line}\n`);
  };
}

const isOurs = (error: unknown): error is Error =>
  [ConversionTrialsError, ConversionClientsError, LegacyClubsError, DevServicesError].some(
    (type) => error instanceof type,
  );

function summaryOf(
  { users, seed, perSecond }: Omit<DemonstrationCommand, 'record'>,
  { processor, cores, memoryGiB, versions }: Machine,
): string {
  const command = `nx run migrator:demo-conversion --users ${users} --seed ${seed} --per-second ${perSecond}`;
  const { postgres, node } = versions;
  return (
    `\`${command}\` on ${new Date().toISOString().slice(0, 10)}; Postgres ${postgres}, Node ${node}; clients, migrator and server ` +
    `share ${cores} cores (${processor}) and ${memoryGiB} GiB of memory.`
  );
}

const shown = (path: string): string => relative(WORKSPACE_ROOT, path);
