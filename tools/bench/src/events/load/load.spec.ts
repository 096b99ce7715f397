import { setTimeout as pause } from 'node:timers/promises';
import { closedLoop } from './closed-loop';
import { nowUs, US_PER_MS } from './clock';
import { steadyRate } from './steady-rate';

describe('as fast as it goes', () => {
  it('has each writer begin its next write when the one before is done', async () => {
    let open = 0;
    let most = 0;
    const { events } = await closedLoop(3, 0.05, async () => {
      most = Math.max(most, ++open);
      await pause(5);
      open--;
    });
    expect(most).toBe(3);
    expect(open).toBe(0);
    expect(events).toBeGreaterThanOrEqual(3);
  });

  it('fails with its first write that fails', async () => {
    const write = () => Promise.reject(new Error('the disk is full'));
    await expect(closedLoop(2, 1, write)).rejects.toThrow('the disk is full');
  });
});

describe('at a steady rate', () => {
  it('begins all writes, at their moments, without waiting for those before', async () => {
    const moments: number[] = [];
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const running = steadyRate(1_000, 0.02, (sentAtUs) => {
      if (moments.push(sentAtUs) === 20) release();
      return released;
    });
    const { events, startedAtUs } = await running;
    expect(events).toBe(20);
    expect(moments.map((moment) => (moment - startedAtUs) / US_PER_MS)).toEqual([...Array(20).keys()]);
  });

  it('tells a write that begins late when it should have begun', async () => {
    const waits: number[] = [];
    await steadyRate(100, 0.03, (sentAtUs) => {
      waits.push((nowUs() - sentAtUs) / US_PER_MS);
      // Holds up the whole process, as a long computation would.
      const until = nowUs() + 25 * US_PER_MS;
      while (nowUs() < until);
      return Promise.resolve();
    });
    expect(waits[1]).toBeGreaterThanOrEqual(14);
  });

  it('fails when a write fails, and not before the others have ended', async () => {
    let ended = 0;
    const write = async (): Promise<void> => {
      await pause(5);
      if (++ended === 1) throw new Error('the disk is full');
    };
    await expect(steadyRate(1_000, 0.01, write)).rejects.toThrow('the disk is full');
    expect(ended).toBeGreaterThan(1);
  });
});
