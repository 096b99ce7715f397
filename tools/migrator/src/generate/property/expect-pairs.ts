/** The property as a test: so many pairs, none of which may fail, and few of which may be refused. */
import { testServerUrl } from '../../testing/migrator-tests.config';
import { countPairs, describeFailure } from './count-pairs';
import { migraOracle } from './migra-oracle';
import { propertySettings, type PropertySettings } from './property.config';
import { renderTally } from './render-tally';
import type { Tally } from './tally';

const SHRINK_MS = 30_000;
/** Of the pairs that ours is counted on, as often as CI has time for. */
const ORACLE_EVERY = 12;
const LANES = 2;

export async function expectPairs(
  usual: PropertySettings,
  { sideBySide = false }: { readonly sideBySide?: boolean } = {},
): Promise<Tally> {
  const { first, pairs } = propertySettings(usual);
  const failures: string[] = [];
  const tally = await countPairs(
    {
      url: testServerUrl(),
      first,
      pairs,
      sideBySide,
      oracle: migraOracle,
      oracleEvery: ORACLE_EVERY,
      lanes: LANES,
      shrinkMs: SHRINK_MS,
    },
    { onFailed: (failed) => void failures.push(describeFailure(failed)) },
  );
  const run = `pairs ${first} to ${first + pairs - 1} (MIGRATOR_PROPERTY_SEED=${first} MIGRATOR_PROPERTY_PAIRS=${pairs})`;
  console.log(`${run}\n\n${renderTally(tally)}`);
  if (failures.length > 0) throw new Error(`${run}:\n\n${failures.join('\n\n')}`);
  return tally;
}
