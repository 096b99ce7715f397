import { generateSections, type GenerateCaseResult, type GenerateResults } from './results';

const sample = (wallMs: number) => ({ wallMs, serverMs: 0 });
const results = (...cases: GenerateCaseResult[]) => ({ cases }) as unknown as GenerateResults;

it('compares each generator with the TypeORM CLI, by medians, and judges', () => {
  const sections = generateSections(
    results({
      name: 'small-change',
      contenders: [
        { name: 'nx', samples: [2_100, 1_900, 9_000].map(sample) },
        { name: 'typeorm-nx', samples: [sample(1_750)] },
        { name: 'cli', samples: [sample(1_000)] },
        { name: 'typeorm', samples: [sample(2_000)] },
      ],
    }),
  );
  expect(sections.map(({ rows }) => rows)).toEqual([
    [
      ['ours, `nx run user-service:migration-generate`', '2100 ms', '1900 ms to 9000 ms', '1.05'],
      ['TypeORM CLI, `nx run user-service:typeorm-generate`', '1750 ms', '1750 ms to 1750 ms', '0.88'],
      ['ours, command line', '1000 ms', '1000 ms to 1000 ms', '0.50'],
      ['TypeORM CLI, `migration:generate`', '2000 ms', '2000 ms to 2000 ms', '1.00'],
    ],
    [
      ['small-change: ours / TypeORM CLI, both by command line', 'at most 1', '0.50', 'yes'],
      ['small-change: ours / TypeORM CLI, both through Nx', 'at most 1', '1.20', 'NO'],
    ],
  ]);
});
