/**
 * `conversion-verify`: whether every row, reference and pair of the id conversions is what it should be. Reads only, in any phase.
 *
 *   exit 0   proven
 *   exit 1   something is wrong, or a database could not be asked
 *   exit 3   nothing is wrong, and something is still to come
 */
import { isMigratorAtWork } from '../../apply/migrator-lock';
import { verifyConversions } from '../../conversion/verify/verify-conversions';
import { verdictOf, type ConversionVerification } from '../../conversion/verify/verification';
import { EXIT } from '../../report/run-report';
import { inDatabases } from '../in-databases';
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { Invocation, VerbResult } from '../verb';
import { ownersOf } from './owners';
import { renderVerifications } from './render-verification';

export interface ConversionVerifyOptions {
  readonly json: boolean;
}

export async function conversionVerifyVerb({
  config,
  services,
  options,
  output,
}: Invocation<ConversionVerifyOptions>): Promise<VerbResult> {
  const { answers, failures } = await inDatabases(config, services, async (query) => {
    const owners = ownersOf(config);
    try {
      return await verifyConversions(query, {
        askOwner: owners.ask,
        isMigratorAtWork: await isMigratorAtWork(query),
      });
    } finally {
      await owners.end();
    }
  });
  const verifications = answers.flatMap(({ answer }) => answer);
  if (options.json) {
    output.print(
      JSON.stringify({ conversions: verifications, failures: Object.fromEntries(failures) }, undefined, 2),
    );
  } else output.print([renderVerifications(verifications), ...failures.values()].join('\n'));
  return { exitCode: exitCodeOf(verifications, failures.size), failures: notProven(verifications, failures) };
}

function exitCodeOf(verifications: readonly ConversionVerification[], failures: number): number {
  if (failures > 0) return EXIT.error;
  const overall = verdictOf(verifications.flatMap(({ findings }) => findings));
  return { proven: EXIT.ok, open: EXIT.pending, wrong: EXIT.error }[overall];
}

/** For Nx, which shows a task per service as done or failed. */
function notProven(
  verifications: readonly ConversionVerification[],
  failures: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const all = new Map(failures);
  for (const { service, name, verdict } of verifications) {
    if (verdict !== 'proven') all.set(service, `${service}: ${name} is not proven`);
  }
  return all;
}

export default nxExecutor(conversionVerifyVerb);
export const batch = nxBatch(conversionVerifyVerb);
