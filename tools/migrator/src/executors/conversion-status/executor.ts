/** `conversion-status`: how far the id conversions of each service's database are. Reads only. */
import { readConversionStatus } from '../../conversion/status/read-status';
import { renderConversionStatus } from './render-status';
import { EXIT } from '../../report/run-report';
import { inDatabases } from '../in-databases';
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { Invocation, VerbResult } from '../verb';

export interface ConversionStatusOptions {
  readonly json: boolean;
}

export async function conversionStatusVerb({
  config,
  services,
  options,
  output,
}: Invocation<ConversionStatusOptions>): Promise<VerbResult> {
  const { answers, failures } = await inDatabases(config, services, readConversionStatus);
  const statuses = answers.flatMap(({ answer }) => answer);
  if (options.json) {
    output.print(
      JSON.stringify({ conversions: statuses, failures: Object.fromEntries(failures) }, undefined, 2),
    );
  } else output.print([renderConversionStatus(statuses), ...failures.values()].join('\n'));
  return { exitCode: failures.size > 0 ? EXIT.error : EXIT.ok, failures };
}

export default nxExecutor(conversionStatusVerb);
export const batch = nxBatch(conversionStatusVerb);
