/**
 * All contenders once in every round, in an order that moves on from round to round, after one round that does not count
 * (the first run of a contender pays for cold files and for Nx's first look at the workspace).
 *
 * Invariant: what is compared did the same. All contenders start from the same databases and leave the same schema; a
 * contender that does not makes the whole measurement fail.
 */
import type { Client } from 'pg';
import type { Contender } from './contenders/contender';
import { recreateDatabases, serverBusyMs } from './databases';
import { BenchError } from './errors';
import type { ContenderResult, Sample } from './results/model';
import { schemaFingerprint } from './schema-fingerprint';
import { rotated } from './statistics';

export interface Race<Name extends string> {
  /** For people: the case's title. */
  readonly title: string;
  readonly contenders: readonly Contender<Name>[];
  /** Whose databases are worked on. */
  readonly services: readonly string[];
  readonly serverUrl: string;
  /** Whether every run begins with empty databases; otherwise they stay as they are. */
  readonly pending: boolean;
}

export interface MeasureOptions {
  readonly rounds: number;
  readonly onProgress: (line: string) => void;
}

/** @throws BenchError CONTENDER_FAILED, DIFFERENT_OUTCOME or STILL_CONNECTED */
export async function measureContenders<Name extends string>(
  { title, contenders, services, serverUrl, pending }: Race<Name>,
  admin: Client,
  { rounds, onProgress }: MeasureOptions,
): Promise<ContenderResult<Name>[]> {
  const samples = new Map(contenders.map((contender) => [contender.name, [] as Sample[]]));
  let outcome: string | undefined;

  const measure = async (contender: Contender<Name>): Promise<Sample> => {
    if (pending) await recreateDatabases(admin, services);
    const busyBefore = await serverBusyMs(admin, services);
    const timing = await contender.run();
    const sample = { ...timing, serverMs: (await serverBusyMs(admin, services)) - busyBefore };
    const left = await schemaFingerprint(serverUrl, services);
    outcome ??= left;
    if (left !== outcome) throw differentOutcome(contender, title);
    return sample;
  };

  for (let round = 0; round <= rounds; round++) {
    for (const contender of rotated(contenders, round)) {
      const sample = await measure(contender);
      if (round > 0) samples.get(contender.name)!.push(sample);
      const counted = round === 0 ? 'warm-up' : `round ${round} of ${rounds}`;
      onProgress(`${title}, ${counted}: ${contender.name} ${Math.round(sample.wallMs)} ms`);
    }
  }
  return [...samples].map(([name, taken]) => ({ name, samples: taken }));
}

function differentOutcome({ name }: Contender<string>, title: string): BenchError {
  return new BenchError(
    'DIFFERENT_OUTCOME',
    `${title}: ${name} left another schema than the contenders before it, so their times cannot be compared. ` +
      'Compare what each of them did to the databases.',
  );
}
