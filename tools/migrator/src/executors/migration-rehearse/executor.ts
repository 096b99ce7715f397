/** `migration-rehearse`: options in, the plan rehearsed on copies, what production will see printed. */
import type { UpOptions } from '../migrate/up-request';
import { upRequest } from '../migrate/up-request';
import { renderRehearsal } from '../../report/render-rehearsal';
import { duration } from '../../report/table';
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import { SUCCESS, type Invocation, type VerbResult } from '../verb';
import { rehearse } from './rehearse';

export interface RehearseOptions extends UpOptions {
  readonly fresh: boolean;
  readonly from?: string;
  readonly json: boolean;
}

export async function rehearseVerb({
  config,
  services,
  options,
  output,
}: Invocation<RehearseOptions>): Promise<VerbResult> {
  const { fresh, from, json } = options;
  const request = { up: upRequest(services, options), fresh, from };
  const report = await rehearse(config, request, {
    onEvent: output.progress('up'),
    onStep: ({ service, migration, durationMs }) => {
      if (!json) output.print(`${service}: ${migration} rehearsed in ${duration(durationMs)}`);
    },
  });
  if (json) output.print(JSON.stringify(report ?? null, undefined, 2));
  else
    output.print(report ? `\n${renderRehearsal(report)}` : 'Nothing to rehearse: there is nothing to apply.');
  return SUCCESS;
}

export default nxExecutor(rehearseVerb);
export const batch = nxBatch(rehearseVerb);
