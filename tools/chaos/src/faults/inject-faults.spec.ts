import type { Fault } from './fault';
import { FAULTS } from './faults';
import { injectFaults, type InjectedFault, type Injection } from './inject-faults';
import { nothingProvoked } from './provoked';
import type { PlannedFault } from '../schedule/fault-schedule';

const planned = (number: number, atMs: number, lastsMs: number): PlannedFault => ({
  ...{ number, atMs, lastsMs, name: 'cut', target: '*>nats', seed: number },
});

describe('injecting', () => {
  const begun: InjectedFault[] = [];
  const injection = (cut: Fault, schedule: PlannedFault[], signal = new AbortController().signal) =>
    ({
      ...{ schedule, signal, provoked: nothingProvoked(), faults: { ...FAULTS, cut } },
      onFault: (fault) => begun.push(fault),
      // The faults of these tests touch neither.
      ...({ world: undefined, tap: undefined } as unknown as Pick<Injection, 'world' | 'tap'>),
    }) satisfies Injection;

  beforeEach(() => begun.splice(0));

  test('lets faults overlap, and one at a time have a resource', async () => {
    const log: string[] = [];
    const fault: Fault = async ({ last, alone, random }) => {
      const name = random.integer(0, 1_000_000);
      log.push('begins');
      await alone('nats', async () => {
        log.push(`has ${name}`);
        await last();
        log.push(`left ${name}`);
      });
    };
    await injectFaults(injection(fault, [planned(1, 0, 60), planned(2, 10, 0)]));
    expect(log.slice(0, 3)).toEqual(['begins', expect.stringContaining('has'), 'begins']);
    expect(log[3]).toBe(log[1]!.replace('has', 'left'));
    expect(log[4]).not.toBe(log[1]);
    expect(begun.every(({ liftedAt }) => liftedAt !== undefined)).toBe(true);
  });

  test('lifts what lasts and begins nothing new when it is broken off', async () => {
    const stop = new AbortController();
    const fault: Fault = async ({ last }) => {
      stop.abort();
      await last();
    };
    await injectFaults(injection(fault, [planned(1, 0, 60_000), planned(2, 60_000, 0)], stop.signal));
    expect(begun.map(({ planned: { number } }) => number)).toEqual([1]);
  });

  test('throws what a fault failed with, and begins nothing new', async () => {
    const fault: Fault = () => Promise.reject(new RangeError('there is no link *>nats'));
    const injected = injectFaults(injection(fault, [planned(1, 0, 0), planned(2, 60_000, 0)]));
    await expect(injected).rejects.toThrow('there is no link');
    expect(begun).toHaveLength(1);
  });
});
