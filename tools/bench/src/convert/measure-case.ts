/** One case: its databases seeded once, its contenders run on copies of them, round after round. */
import { ConversionClientsError, renderLatency, summarize } from '@hockey-hub/conversion-clients';
import type { Client } from 'pg';
import { BenchError } from '../errors';
import { rotated } from '../statistics';
import type { ConvertBenchOptions } from './bench-convert';
import { CONVERT_CASES, type ConvertCaseName } from './cases';
import { CONTENDER_TITLES, type ContenderName, type ConvertContender } from './contenders/contender';
import { CONTENDERS } from './contenders/contenders';
import type { ClubDatabases } from './databases/club-databases';
import { measureRun, type MeasuredRun, type RunContext } from './measure-run';
import type { ConvertCaseResult, ConvertDetails } from './results';
import type { ConvertSample } from './sample';

export interface CaseContext {
  readonly admin: Client;
  readonly databases: ClubDatabases;
}

type CaseOptions = Pick<
  ConvertBenchOptions,
  'rounds' | 'load' | 'contenders' | 'users' | 'onProgress' | 'onPicture'
>;

const MS_PER_SECOND = 1_000;
const SHOWN_DIFFERENCES = 10;

/** @throws BenchError CONTENDER_FAILED; DIFFERENT_OUTCOME when one lost something or left other tables than the others */
export async function measureCase(
  name: ConvertCaseName,
  { admin, databases }: CaseContext,
  options: CaseOptions,
): Promise<ConvertCaseResult> {
  const { title, users: itsUsers, contenders: its } = CONVERT_CASES[name];
  const { rounds, load, users = itsUsers, onProgress, onPicture } = options;
  const contenders = (options.contenders ?? its).map((contender) => CONTENDERS[contender]);
  const pair = await databases.seed(users);
  onProgress(`${title}: seeded ${pair.convertedRows} rows to convert`);
  const context: RunContext = { admin, databases, pair, load };
  const samples = new Map(contenders.map((contender) => [contender.name, [] as ConvertSample[]]));
  const details = new Map<ContenderName, ConvertDetails>();
  let shape: ReadonlySet<string> | undefined;
  try {
    for (let round = 0; round < rounds; round++) {
      for (const contender of rotated(contenders, round)) {
        const run = await measureVerified(contender, context);
        shape ??= run.shape;
        requireSameShape(contender, run.shape, shape);
        samples.get(contender.name)!.push(run.sample);
        details.set(contender.name, detailsOf(contender, run));
        onProgress(`${title}, round ${round + 1} of ${rounds}: ${lineOf(contender, run.sample)}`);
        if (run.seen.log) onPicture(contender.name, pictureOf(contender, run));
      }
    }
  } finally {
    await databases.drop(pair.urls);
  }
  return {
    name,
    rows: pair.convertedRows,
    contenders: contenders.map((own) => ({ name: own.name, samples: samples.get(own.name)! })),
    details: contenders.map((own) => details.get(own.name)!),
  };
}

async function measureVerified(contender: ConvertContender, context: RunContext): Promise<MeasuredRun> {
  try {
    return await measureRun(contender, context);
  } catch (error) {
    if (!(error instanceof ConversionClientsError)) throw error;
    const code = error.code === 'ROWS_DIFFER' ? 'DIFFERENT_OUTCOME' : 'CONTENDER_FAILED';
    throw new BenchError(code, `${contender.name}: ${error.message}`, { cause: error });
  }
}

function requireSameShape(
  { name }: ConvertContender,
  left: ReadonlySet<string>,
  expected: ReadonlySet<string>,
): void {
  const differences = [
    ...[...expected].filter((fact) => !left.has(fact)).map((fact) => `- ${fact}`),
    ...[...left].filter((fact) => !expected.has(fact)).map((fact) => `+ ${fact}`),
  ];
  if (differences.length === 0) return;
  throw new BenchError(
    'DIFFERENT_OUTCOME',
    `${name} left other tables than the contender before it, so their times cannot be compared:\n` +
      differences.slice(0, SHOWN_DIFFERENCES).join('\n'),
  );
}

function detailsOf({ name }: ConvertContender, { seen, phases }: MeasuredRun): ConvertDetails {
  return {
    contender: name,
    phases: phases.map((phase) => ({
      name: phase.name,
      seconds: (phase.toMs - phase.fromMs) / MS_PER_SECOND,
    })),
    before: seen.before,
    after: seen.after,
    errorsByCode: seen.log ? summarize(seen.log).errorsByCode : {},
  };
}

function lineOf(
  { name }: ConvertContender,
  { seconds, rowsPerSecond, p99Ms, longestMs }: ConvertSample,
): string {
  const clients =
    p99Ms === undefined
      ? ''
      : `, clients p99 ${p99Ms.toFixed(1)} ms, longest ${Math.round(longestMs ?? 0)} ms`;
  return `${name} ${seconds.toFixed(1)} s, ${Math.round(rowsPerSecond)} rows/s${clients}`;
}

function pictureOf({ name }: ConvertContender, { seen, phases }: MeasuredRun): string {
  return renderLatency({
    title: `Clients of the conversion: ${CONTENDER_TITLES[name]}`,
    log: seen.log!,
    phases,
    lockAttempts: seen.lockAttempts,
  });
}
