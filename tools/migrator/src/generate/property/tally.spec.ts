import { renderTally } from './render-tally';
import { addResult, addTallies, EMPTY_TALLY, type PairResult } from './tally';

const typeorm = { fails: null, loses: false, losesRenamed: false, differsAgain: false, differsAlways: false };
const RESULTS: readonly PairResult[] = [
  { ours: { kind: 'applied' }, typeorm },
  { ours: { kind: 'applied' }, typeorm: { ...typeorm, fails: 'SQLSTATE 23502' } },
  {
    ours: { kind: 'refused', reason: 'no-conversion' },
    typeorm: { ...typeorm, loses: true, differsAgain: true },
  },
  { ours: { kind: 'failed', defect: 'loses' } },
];

it('counts each outcome, and renders both generators side by side', () => {
  const halves = [RESULTS.slice(0, 2), RESULTS.slice(2)].map((half) => half.reduce(addResult, EMPTY_TALLY));
  expect(renderTally(halves.reduce(addTallies, EMPTY_TALLY))).toMatchInlineSnapshot(`
   "|  | \`migration-generate\` | TypeORM CLI |
   | --- | ---: | ---: |
   | pairs of models | 4 | 3 |
   | applied: every value kept, no difference left | 2 (50.0 %) | 1 (33.3 %) |
   | refused by the generator, with the reason and the ways out | 1 (25.0 %) | never |
   | stopped by the rows themselves; nothing lost | 0 (0.0 %) | below |
   | its statements fail on the rows, or it breaks off | 0 (0.0 %) | 1 (33.3 %) |
   | **loses values** of a column that keeps its name | 1 (25.0 %) | 1 (33.3 %) |
   | **loses values** of what was renamed | 1 (25.0 %) | 0 (0.0 %) |
   | generating again finds a second difference | 0 (0.0 %) | 1 (33.3 %) |
   | of these, already before the change | never | 0 (0.0 %) |

   | outcome of \`migration-generate\` | pairs |
   | --- | ---: |
   | applied | 2 (50.0 %) |
   | failed: loses | 1 (25.0 %) |
   | refused: no-conversion | 1 (25.0 %) |

   | what happens with the TypeORM CLI | pairs |
   | --- | ---: |
   | applied | 1 (33.3 %) |
   | differs again | 1 (33.3 %) |
   | fails: SQLSTATE 23502 | 1 (33.3 %) |
   | loses a column that keeps its name | 1 (33.3 %) |"
  `);
});
