import { renderMarkdown } from './render-markdown';
import { sectionsOf } from './sections';
import { caseResult, results } from './specimen';

it('tells the machine, every contender and the goals', () => {
  const nothingPending = caseResult('nothing-pending', {
    nx: [
      { wallMs: 1_400, serverMs: 4 },
      { wallMs: 1_300, serverMs: 6 },
    ],
    typeorm: [{ wallMs: 2_700, serverMs: 3 }],
    floor: [{ wallMs: 27, serverMs: 1.5 }],
    'nx-noop': [{ wallMs: 1_000 }],
  });
  const measured = results(nothingPending);
  expect(renderMarkdown('migrator', measured, sectionsOf(measured))).toBe(`# \`nx run bench:migrator\`

Rounds: 3, of which these are the medians; measured on 2030-01-02; every single run is in [migrator.json](migrator.json). What is measured and how: [README](../README.md). Written by the bench; changes are lost.

Machine: 2 cores (Abacus), 8 GiB of memory, linux 6 x64; node 20.20.2, postgres 18.4.

## Nothing pending (2 services, 3 migrations)

| contender | whole run | fastest to slowest | TypeORM CLI / this | this / floor | applying | server busy |
| --- | --- | --- | --- | --- | --- | --- |
| ours, \`nx run-many -t migrate\` | 1350 ms | 1300 ms to 1400 ms | 2.00 | 50.00 |  | 5.0 ms |
| TypeORM CLI, once per service | 2700 ms | 2700 ms to 2700 ms | 1.00 | 100.00 |  | 3.0 ms |
| floor: the SQL alone | 27.0 ms | 27.0 ms to 27.0 ms | 100.00 | 1.00 |  | 1.5 ms |
| \`nx run\` of an empty target | 1000 ms | 1000 ms to 1000 ms | 2.70 | 37.04 |  |  |

## Goals

| ratio of medians | goal | measured | met |
| --- | --- | --- | --- |
| nothing pending: ours through Nx / \`nx run\` of an empty target | at most 1.5 | 1.35 | yes |`);
});
