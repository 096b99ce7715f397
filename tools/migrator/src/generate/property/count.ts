/**
 * `nx run migrator:property-count --pairs 5000`: the property on many pairs, on a server of its own, beside TypeORM's
 * generator. Prints the counts as Markdown.
 *
 * Two processes share the work by ranges (`--first 1 --pairs 2500`, `--first 2501 --pairs 2500`), each with a `--tally`
 * file: written as it goes, taken up again by the same command. `--sum a.json b.json` adds such files up.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PostgresMajor } from '@hockey-hub/dev-services';
import { startOwnServer } from '../../testing/own-server';
import { countPairs, describeFailure } from './count-pairs';
import { migraOracle } from './migra-oracle';
import { renderTally } from './render-tally';
import { addTallies, EMPTY_TALLY, type Tally } from './tally';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    first: { type: 'string', default: '1' },
    pairs: { type: 'string', default: '300' },
    tally: { type: 'string' },
    failures: { type: 'string', default: 'tmp/property-failures' },
    major: { type: 'string' },
    'oracle-every': { type: 'string', default: '5' },
    'ours-alone': { type: 'boolean', default: false },
    sum: { type: 'boolean', default: false },
  },
});

const SHRINK_MS = 60_000;
const TELL_EVERY = 25;

async function main(): Promise<number> {
  if (values.sum) {
    console.log(renderTally(positionals.map(readTally).reduce(addTallies, EMPTY_TALLY)));
    return 0;
  }
  const started = Date.now();
  const before = values.tally && existsSync(values.tally) ? readTally(values.tally) : EMPTY_TALLY;
  const first = whole('first', values.first) + before.pairs;
  const pairs = Math.max(whole('pairs', values.pairs) - before.pairs, 0);
  const server = await startOwnServer(
    values.major === undefined ? {} : { major: whole('major', values.major) as PostgresMajor },
  );
  let failed = 0;
  try {
    const tally = await countPairs(
      {
        url: server.url,
        first,
        pairs,
        sideBySide: !values['ours-alone'],
        oracle: migraOracle,
        oracleEvery: whole('oracle-every', values['oracle-every']),
        // One, so that a tally is of all pairs up to a number and can be taken up again there.
        lanes: 1,
        shrinkMs: SHRINK_MS,
      },
      {
        onCounted: (counted, number) => {
          if (values.tally) writeFileSync(values.tally, JSON.stringify(addTallies(before, counted)));
          if (counted.pairs % TELL_EVERY > 0 && counted.pairs < pairs) return;
          const perPair = ((Date.now() - started) / counted.pairs / 1_000).toFixed(2);
          console.error(`pair ${number}: ${counted.pairs} of ${pairs}, ${perPair} s each, ${failed} failed`);
        },
        onFailed: (failure) => {
          failed++;
          mkdirSync(values.failures, { recursive: true });
          const file = join(values.failures, `${failure.number}.md`);
          writeFileSync(file, `${describeFailure(failure)}\n`);
          console.error(`pair ${failure.number} failed: ${failure.problem.split('\n', 1)[0]} (${file})`);
        },
      },
    );
    console.log(renderTally(addTallies(before, tally)));
  } finally {
    await server.stop();
  }
  return failed === 0 ? 0 : 1;
}

function readTally(file: string): Tally {
  return JSON.parse(readFileSync(file, 'utf8')) as Tally;
}

function whole(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${option} ${text}: a whole number above 0 is needed.`);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
