/** What a demonstration might have seen, for the specs of what is made of it. */
import { ConversionClientsError, type RequestLog } from '@hockey-hub/conversion-clients';
import type { Demonstration } from './demonstrate';

/** A request each 100 ms, answered after 2 ms but for one. */
export function specimenLog({ slowAtMs = 0, slowMs = 2, failed = false } = {}): RequestLog {
  const dueAtMs = Float64Array.from({ length: 60 }, (_, index) => 1_000 + index * 100);
  return {
    dueAtMs,
    latencyMs: dueAtMs.map((at) => (at === slowAtMs ? slowMs : 2)),
    group: new Uint8Array(60),
    request: new Uint8Array(60),
    outcome: Uint8Array.from(dueAtMs, (_, index) => (failed && index === 59 ? 1 : 0)),
    groups: ['old'],
    requests: ['read a user'],
    outcomes: failed ? ['ok', '42883'] : ['ok'],
    messages: failed ? { '42883': 'read a user: no operator' } : {},
  };
}

export function specimen(more: Partial<Demonstration> = {}): Demonstration {
  return {
    options: { users: 2_000, seed: 7, perSecond: 10 },
    seeded: {
      users: 2_000,
      referringRows: 20_000,
      rows: { 'user-service': {}, 'training-service': {} },
      // Only the counts above are told.
      dirt: {} as Demonstration['seeded']['dirt'],
    },
    stages: [
      { name: 'before', fromMs: 2_000, toMs: 3_000 },
      { name: 'UpdateReferences', fromMs: 4_000, toMs: 6_000 },
    ],
    kill: { atMs: 4_500, filling: { what: 'notes.subjectId_uuid', doneRows: 120, estimatedRows: 1_100 } },
    log: specimenLog(),
    lockAttempts: [{ fromMs: 5_000, toMs: 5_030 }],
    quarantined: { found: 8, kept: 8 },
    verified: [
      { table: 'users', references: 2_000, written: 10 },
      { table: 'notes', references: 900, written: 5 },
    ],
    ...more,
  };
}

export const rowsDiffer = new ConversionClientsError(
  'ROWS_DIFFER',
  'the conversion changed what it must keep',
);
