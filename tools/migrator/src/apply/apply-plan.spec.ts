import type { Plan, PlanStep, RunEvent } from '../model';
import { applyPlan } from './apply-plan';

const step: PlanStep = {
  id: 'user-service:AddTeams1',
  service: 'user-service',
  migration: 'AddTeams1',
  file: 'AddTeams1.ts',
  checksum: '',
  transaction: true,
  action: 'run',
  waitsFor: [],
};
const plan: Plan = {
  direction: 'up',
  services: ['user-service', 'training-service'],
  steps: [step],
  held: [],
  drift: [],
};

it('tells the end of services with steps only: of the others, a run can still learn something bad', async () => {
  const events: RunEvent[] = [];
  const steps = await applyPlan(
    plan,
    { parallel: 1, failFast: false, appliedBy: 'test', runtimeRole: () => undefined },
    { sessions: new Map(), migrations: new Map(), onEvent: (event) => events.push(event) },
  );
  expect(steps.map(({ id, status }) => [id, status])).toEqual([[step.id, 'skipped']]);
  expect(events.filter(({ type }) => type === 'service-ended')).toEqual([
    { type: 'service-ended', service: 'user-service' },
  ]);
});
