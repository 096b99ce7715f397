/** Pure: the results of bench:generate -> titled tables of text; and its goals. */
import { millisecondsText, ratioText, type Section } from '@hockey-hub/recorded-runs';
import { judgeGoals, type Goal } from '../results/goals';
import { medianOf, ratioOf } from '../results/medians';
import type { BenchResults, ContenderResult } from '../results/model';
import { goalSections } from '../results/goal-sections';
import { GENERATE_CASES, type GenerateCaseName } from './cases';
import { GENERATOR_TITLES, type GeneratorName } from './contenders';

export interface GenerateCaseResult {
  readonly name: GenerateCaseName;
  readonly contenders: readonly ContenderResult<GeneratorName>[];
}

export type GenerateResults = BenchResults<GenerateCaseResult>;

/** No slower than the peer, although it proves what it writes. */
const GOALS: readonly Goal<GenerateCaseName, GeneratorName>[] = (
  Object.keys(GENERATE_CASES) as GenerateCaseName[]
).flatMap((name) => [
  goal(name, 'cli', 'typeorm', 'by command line'),
  goal(name, 'nx', 'typeorm-nx', 'through Nx'),
]);

function goal(
  name: GenerateCaseName,
  of: GeneratorName,
  to: GeneratorName,
  how: string,
): Goal<GenerateCaseName, GeneratorName> {
  const title = `${name}: ours / TypeORM CLI, both ${how}`;
  return { case: name, title, measure: 'wallMs', of, to, atMost: 1 };
}

const HEAD = ['generator', 'whole run', 'fastest to slowest', 'this / TypeORM CLI'];

export function generateSections({ cases }: GenerateResults): Section[] {
  return [
    ...cases.map((result) => ({
      title: GENERATE_CASES[result.name].title,
      head: HEAD,
      rows: result.contenders.map(({ name, samples }) => {
        const wallMs = samples.map((sample) => sample.wallMs);
        return [
          GENERATOR_TITLES[name],
          millisecondsText(medianOf(result, name, 'wallMs')),
          `${millisecondsText(Math.min(...wallMs))} to ${millisecondsText(Math.max(...wallMs))}`,
          ratioText(ratioOf(result, 'wallMs', name, 'typeorm')),
        ];
      }),
    })),
    ...goalSections(judgeGoals(GOALS, cases)),
  ];
}
