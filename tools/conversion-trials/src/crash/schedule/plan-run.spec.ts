import { PHASES, type PhaseName } from '../../trial/phases';
import { planRun, type RunPlan } from './plan-run';

const SIZE = { leastUsers: 100, killsPerPhase: 4 };

function drawn({ kills }: RunPlan, phase: PhaseName) {
  const ofPhase = kills[phase];
  if (typeof ofPhase === 'string') throw new Error(`the kills of ${phase} were not drawn`);
  return ofPhase;
}

it('is the same whenever the seed is the same', () => {
  expect(planRun(7, SIZE)).toEqual(planRun(7, SIZE));
  expect(planRun(8, SIZE)).not.toEqual(planRun(7, SIZE));
});

it('begins each phase with a fault point, and kills as often as it was asked to', () => {
  for (let seed = 0; seed < 50; seed++) {
    const plan = planRun(seed, SIZE);
    const { users } = plan;
    expect(users).toBeGreaterThanOrEqual(100);
    expect(users).toBeLessThanOrEqual(200);
    for (const phase of PHASES) {
      expect(drawn(plan, phase)[0]).toMatchObject({ kind: 'fault-point' });
      expect(drawn(plan, phase).length).toBeGreaterThanOrEqual(4);
      expect(drawn(plan, phase).length).toBeLessThanOrEqual(6);
    }
  }
});

it('strikes after the process has begun, and before the phase is over', () => {
  const moments = Array.from({ length: 20 }, (_, seed) => planRun(seed, SIZE)).flatMap((plan) =>
    PHASES.flatMap((phase) => drawn(plan, phase)).flatMap((kill) =>
      'atPercent' in kill ? [kill.atPercent] : [],
    ),
  );
  expect(moments.length).toBeGreaterThan(50);
  expect(Math.min(...moments)).toBeGreaterThanOrEqual(30);
  expect(Math.max(...moments)).toBeLessThanOrEqual(85);
  expect(new Set(moments).size).toBeGreaterThan(20);
});

it('has every kind of kill', () => {
  const plans = Array.from({ length: 20 }, (_, seed) => planRun(seed, SIZE));
  const kinds = plans.flatMap((plan) =>
    PHASES.flatMap((phase) => drawn(plan, phase).map(({ kind }) => kind)),
  );
  expect(new Set(kinds)).toEqual(new Set(['fault-point', 'migrator', 'postgres', 'machine']));
});
