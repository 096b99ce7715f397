import { readConfig } from '../config';
import type { Plan } from '../model';
import { notRun, runReport } from '../report/run-report';
import { runVerb } from './run-verb';

const plan: Plan = {
  direction: 'up',
  services: ['user-service'],
  steps: [
    {
      id: 'user-service:AddTeams1',
      service: 'user-service',
      migration: 'AddTeams1',
      file: 'AddTeams1.ts',
      checksum: '',
      transaction: true,
      action: 'run',
      waitsFor: [],
    },
  ],
  held: [],
  drift: [],
};

it('shows after the plan of a dry run why services are not in it', async () => {
  const printed: string[] = [];
  const message = 'medical-service: cannot connect to its server';
  const errors = new Map([
    ['medical-service', { code: 'CANNOT_CONNECT', message }],
    ['planning-service', { code: 'CANNOT_CONNECT', message }],
  ]);
  const report = runReport({
    plan,
    dryRun: true,
    steps: notRun(plan),
    serviceErrors: errors,
    durationMs: 1,
  });

  const { exitCode } = await runVerb(
    {
      config: readConfig({ workspaceRoot: '/', services: [], env: {} }),
      services: [],
      options: { dryRun: true, json: false },
      output: { print: (text) => printed.push(text), progress: () => () => undefined },
    },
    'up',
    () => Promise.resolve({ planned: { plan, state: new Map(), errors }, report }),
  );

  expect(exitCode).toBe(1);
  const lines = printed.join('\n').split('\n');
  expect(lines.slice(-3)).toEqual(['Dry run: nothing was changed.', '', message]);
});
