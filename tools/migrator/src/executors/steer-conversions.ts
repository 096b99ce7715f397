/** What `conversion-pause` and `conversion-resume` have in common: settings that running fills look up again and again. */
import { setEffort, setPaused, type FillSettings } from '../conversion/state/conversions';
import { readConversionStatus } from '../conversion/status/read-status';
import type { Query } from '../pg/query';
import { EXIT } from '../report/run-report';
import { inDatabases } from './in-databases';
import type { Invocation, VerbResult } from './verb';

export interface SteeringOptions {
  readonly conversion?: string;
  readonly json: boolean;
}

export interface Steering {
  readonly isPaused: boolean;
  readonly workers?: number;
  readonly targetBatchMs?: number;
}

/** @param done `paused`, for the lines that say so */
export async function steerConversions(
  { config, services, options, output }: Invocation<SteeringOptions>,
  done: string,
  steering: Steering,
): Promise<VerbResult> {
  const { answers, failures } = await inDatabases(config, services, (query) =>
    steer(query, options.conversion, steering),
  );
  const steered = answers.flatMap(({ service, answer }) =>
    answer.map((conversion) => ({ service, ...conversion })),
  );
  if (options.json) {
    output.print(
      JSON.stringify({ conversions: steered, failures: Object.fromEntries(failures) }, undefined, 2),
    );
  } else {
    for (const { service, conversion } of steered) output.print(`${service}: ${conversion} is ${done}.`);
    for (const failure of failures.values()) output.print(failure);
    if (steered.length + failures.size === 0) output.print(nothing(options.conversion));
  }
  const isFailure = failures.size > 0 || (options.conversion !== undefined && steered.length === 0);
  return { exitCode: isFailure ? EXIT.error : EXIT.ok, failures };
}

async function steer(
  query: Query,
  only: string | undefined,
  { isPaused, workers, targetBatchMs }: Steering,
): Promise<({ conversion: string } & FillSettings)[]> {
  const found = (await readConversionStatus(query)).filter(({ name }) => only === undefined || name === only);
  for (const { name } of found) {
    await setEffort(query, name, { workers, targetBatchMs });
    await setPaused(query, name, isPaused);
  }
  return found.map(({ name, ...before }) => ({
    conversion: name,
    isPaused,
    workers: workers ?? before.workers,
    targetBatchMs: targetBatchMs ?? before.targetBatchMs,
  }));
}

function nothing(conversion: string | undefined): string {
  return conversion === undefined
    ? 'No id conversion has begun in these databases.'
    : `No id conversion ${conversion} has begun in these databases; \`conversion-status\` lists them.`;
}
