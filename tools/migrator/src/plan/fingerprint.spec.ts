import type { Plan, PlanStep } from '../model';
import { fingerprintOf } from './fingerprint';

const step = (id: string, rest: Partial<PlanStep> = {}): PlanStep => ({
  id: `user-service:${id}`,
  service: 'user-service',
  migration: id,
  file: `apps/user-service/src/migrations/${id}.ts`,
  checksum: `checksum of ${id}`,
  transaction: true,
  action: 'run',
  waitsFor: [],
  ...rest,
});
const plan = (steps: readonly PlanStep[], rest: Partial<Plan> = {}): Plan => ({
  direction: 'up',
  services: ['user-service'],
  steps,
  held: [],
  drift: [],
  ...rest,
});
const original = fingerprintOf(plan([step('A'), step('B')]));

it('is that of a sha256', () => expect(original).toMatch(/^[0-9a-f]{64}$/));

it.each<[string, Plan]>([
  ['another order', plan([step('B'), step('A')])],
  ['a step less', plan([step('A')])],
  ['a step more', plan([step('A'), step('B'), step('C')])],
  ['code that was edited', plan([step('A'), step('B', { checksum: 'another' })])],
  ['a step that is only recorded', plan([step('A'), step('B', { action: 'record' })])],
  ['a step outside a transaction', plan([step('A'), step('B', { transaction: false })])],
  ['another thing to wait for', plan([step('A'), step('B', { waitsFor: ['user-service:A'] })])],
  ['the other direction', plan([step('A'), step('B')], { direction: 'down' })],
])('%s has another one', (_, other) => expect(fingerprintOf(other)).not.toBe(original));

it.each<[string, Plan]>([
  ['where the files lie', plan([step('A', { file: 'elsewhere.ts' }), step('B')])],
  [
    'services with nothing to do',
    plan([step('A'), step('B')], { services: ['user-service', 'training-service'] }),
  ],
  [
    'drift',
    plan([step('A'), step('B')], { drift: [{ service: 'x', migration: 'y', kind: 'out-of-order' }] }),
  ],
])('%s plays no part', (_, other) => expect(fingerprintOf(other)).toBe(original));
