import 'reflect-metadata';
import { IsInt, IsString } from 'class-validator';
import { CommandError, CommandRefused, CommandUnanswered } from '../commands/command-errors';
import type { CommandClient, UndoOptions } from '../commands/command-client';
import { defineCommand } from '../commands/command-contract';
import { defineSaga, type Saga } from './saga-definition';
import type { SagaOrder, SagaProgress } from './saga-progress';
import { SagaRun } from './saga-run';
import type { SagaRuntime } from './saga-runtime';

class Ticket {
  @IsString()
  name!: string;
}
class Number1 {
  @IsInt()
  value!: number;
}
const command = (name: string) => defineCommand({ service: 'arena', name, request: Ticket, reply: Number1 });
const [RESERVE, PAY, PRINT] = [command('reserve'), command('pay'), command('print')];
const RELEASE = defineCommand({ service: 'arena', name: 'release', request: Ticket, undoes: RESERVE });
const REFUND = defineCommand({ service: 'arena', name: 'refund', request: Ticket, undoes: PAY });

const sell = (settings: { pivot?: boolean; giveUpAfterMs?: number } = {}): Saga<Ticket> =>
  defineSaga({
    name: 'sell-ticket',
    input: Ticket,
    retry: { giveUpAfterMs: settings.giveUpAfterMs },
    steps: (step) => [
      step({
        ...{ name: 'reserve', command: RESERVE, request: ({ input }) => input },
        compensation: { command: RELEASE, request: ({ input }) => input },
      }),
      step(
        settings.pivot
          ? { name: 'pay', command: PAY, request: ({ input }) => input, pivot: true }
          : {
              ...{ name: 'pay', command: PAY, request: ({ input }) => input },
              compensation: { command: REFUND, request: ({ input }) => input },
            },
      ),
      step({
        name: 'print',
        command: PRINT,
        request: ({ replyOf }) => ({ name: `seat ${replyOf('reserve', RESERVE).value}` }),
      }),
    ],
    result: ({ replyOf }) => ({ printed: replyOf('print', PRINT).value }),
  });

type Say = 'yes' | 'nothing-to-undo' | Error;
const refused = (code = 'NO') => new CommandRefused(code, `${code} it is`);
const silent = () => new CommandUnanswered('timeout', 'no answer in time');

/** Runs a saga against answers written beforehand; what is not written is a yes. */
async function run(
  saga: Saga,
  { says = {}, orders = [] }: { says?: Record<string, Say[]>; orders?: (SagaOrder | undefined)[] },
) {
  const sent: string[] = [];
  const reports: SagaProgress[] = [];
  const answer = (name: string, key: string): Say => {
    sent.push(`${name} ${key}`);
    return says[name]?.shift() ?? 'yes';
  };
  const client = {
    send: async ({ name }: { name: string }, _request: object, { key }: { key: string }) => {
      const say = answer(name, key);
      if (say instanceof Error) throw say;
      return { value: 7 };
    },
    undo: async ({ name }: { name: string }, _request: object, { key, undoes }: UndoOptions) => {
      const say = answer(name, `${key} of ${undoes.key}${undoes.wasDone ? '' : ', if it was done'}`);
      if (say instanceof Error) throw say;
      return say === 'yes' ? 'undone' : say;
    },
  } as unknown as CommandClient;
  const runtime: SagaRuntime = {
    once: (_name, work) => work(),
    // Only waits ask the operator; a look between two steps finds nothing.
    order: async (withinMs) => (withinMs === 0 ? undefined : orders.shift()),
    report: async (progress) => void reports.push(structuredClone(progress)),
  };
  const end = await new SagaRun(saga, 's', { input: { name: 'Bo' } }, runtime, client).run();
  return { end, sent, reports };
}

it('goes through its steps in order, each with a key of its own', async () => {
  const { end, sent } = await run(sell(), {});
  expect(sent).toEqual(['reserve s/reserve', 'pay s/pay', 'print s/print']);
  expect(end).toMatchObject({ state: 'finished', result: { printed: 7 } });
});

it('takes back in reverse what was done before a refusal, and not what was refused', async () => {
  const { end, sent } = await run(sell(), { says: { print: [refused('NO_PAPER')] } });
  expect(sent.slice(3)).toEqual(['refund s/pay/undo of s/pay', 'release s/reserve/undo of s/reserve']);
  expect(end).toMatchObject({
    state: 'compensated',
    reason: { kind: 'refused', step: 'print', code: 'NO_PAPER', message: 'NO_PAPER it is' },
  });
});

it('sends the same key again until there is an answer, and says when', async () => {
  const { sent, reports, end } = await run(sell(), { says: { pay: [silent(), silent()] } });
  expect(sent.filter((line) => line.startsWith('pay'))).toEqual(['pay s/pay', 'pay s/pay', 'pay s/pay']);
  const waiting = reports.find(({ steps }) => steps[1]?.nextAttemptAt);
  expect(waiting).toMatchObject({
    state: 'running',
    steps: [{}, { state: 'doing', attempts: 1, error: 'no answer in time' }, {}],
  });
  expect(end.steps[1]).toEqual({ name: 'pay', state: 'done', attempts: 3, undoAttempts: 0 });
});

it('takes back a step whose answer never came when it is cancelled: it may have been done', async () => {
  const { end, sent } = await run(sell(), {
    says: { pay: [silent()], refund: ['nothing-to-undo'] },
    orders: ['cancel'],
  });
  expect(sent.slice(2)).toEqual([
    'refund s/pay/undo of s/pay, if it was done',
    'release s/reserve/undo of s/reserve',
  ]);
  expect(end).toMatchObject({ state: 'compensated', reason: { kind: 'cancelled' } });
  expect(end.steps.map(({ state }) => state)).toEqual(['undone', 'nothing-to-undo', 'pending']);
});

it('keeps taking back until it is answered', async () => {
  const { end, sent } = await run(sell(), { says: { print: [refused()], refund: [silent(), silent()] } });
  expect(sent.filter((line) => line.startsWith('refund'))).toHaveLength(3);
  expect(end.state).toBe('compensated');
});

it('waits for an operator when taking back is refused, and then tries with a new key', async () => {
  const { end, sent, reports } = await run(sell(), {
    ...{
      says: { print: [refused()], refund: [refused('TOO_LATE')] },
      orders: [undefined, 'cancel', 'retry'],
    },
  });
  expect(reports.find(({ state }) => state === 'stuck')).toMatchObject({
    problem: { step: 'pay', code: 'COMPENSATION_REFUSED', message: 'TOO_LATE: TOO_LATE it is' },
  });
  expect(sent).toContain('refund s/pay/undo/2 of s/pay');
  expect(end.state).toBe('compensated');
});

it('waits for an operator when a step was not answered for as long as it may', async () => {
  const { end, reports } = await run(sell({ giveUpAfterMs: 0 }), {
    ...{ says: { pay: [silent()] }, orders: ['cancel'] },
  });
  expect(reports.find(({ state }) => state === 'stuck')).toMatchObject({ problem: { code: 'UNANSWERED' } });
  expect(end.state).toBe('compensated');
});

it('waits for an operator when a program is wrong', async () => {
  const wrong = new CommandError('COMMAND_REQUEST_INVALID', 'pay: name breaks isString');
  const { end, reports } = await run(sell(), { says: { pay: [wrong] }, orders: ['retry'] });
  expect(reports.find(({ state }) => state === 'stuck')).toMatchObject({
    problem: { step: 'pay', code: 'COMMAND_REQUEST_INVALID' },
  });
  expect(end.state).toBe('finished');
});

it('a step whose request could not be made was never sent, so it is not taken back', async () => {
  const broken = defineSaga({
    name: 'broken',
    input: Ticket,
    steps: (step) => [
      step({
        ...{
          name: 'reserve',
          command: RESERVE,
          compensation: { command: RELEASE, request: ({ input }) => input },
        },
        request: () => {
          throw new TypeError('no such seat');
        },
      }),
    ],
  });
  const { end, sent, reports } = await run(broken, { orders: ['retry', 'cancel'] });
  expect(sent).toEqual([]);
  expect(reports.find(({ state }) => state === 'stuck')).toMatchObject({
    problem: { code: 'REQUEST_NOT_MADE', message: 'its request could not be made: no such seat' },
  });
  expect(end).toMatchObject({ state: 'compensated', steps: [{ attempts: 0, undoAttempts: 0 }] });
});

describe('from a pivot on', () => {
  it('cannot be cancelled', async () => {
    const { end, sent } = await run(sell({ pivot: true }), { says: { pay: [silent()] }, orders: ['cancel'] });
    expect(sent).not.toContain('release s/reserve/undo of s/reserve');
    expect(end).toMatchObject({ state: 'finished', isPastPivot: true });
  });

  it('waits for an operator when a later step is refused, and tries with a new key', async () => {
    const { end, sent, reports } = await run(sell({ pivot: true }), {
      ...{ says: { print: [refused('NO_PAPER')] }, orders: ['cancel', 'retry'] },
    });
    expect(reports.find(({ state }) => state === 'stuck')).toMatchObject({
      problem: { step: 'print', code: 'REFUSED_AFTER_PIVOT', message: 'NO_PAPER: NO_PAPER it is' },
    });
    expect(sent).toContain('print s/print/2');
    expect(end.state).toBe('finished');
  });

  it('is taken back when the pivot itself is refused: it did nothing', async () => {
    const { end } = await run(sell({ pivot: true }), { says: { pay: [refused()] } });
    expect(end).toMatchObject({ state: 'compensated', isPastPivot: false });
  });
});

describe('what could not work is refused where it is declared', () => {
  const request = ({ input }: { input: Ticket }) => input;
  const steps = (declare: Parameters<typeof defineSaga<Ticket>>[0]['steps']) => () =>
    defineSaga({ name: 'sell-ticket', input: Ticket, steps: declare });

  it.each([
    ['no steps', steps(() => []), 'has no steps'],
    [
      'the same step twice',
      steps((step) => [1, 2].map(() => step({ name: 'pay', command: PAY, request }))),
      'pay of the saga sell-ticket is there twice',
    ],
    [
      "another command's compensation",
      steps((step) => [
        step({ name: 'pay', command: PAY, request, compensation: { command: RELEASE, request } }),
      ]),
      'release does not undo pay',
    ],
    [
      'taking back from a pivot on',
      steps((step) => [
        step({ name: 'pay', command: PAY, request, pivot: true }),
        step({ name: 'reserve', command: RESERVE, request, compensation: { command: RELEASE, request } }),
      ]),
      'reserve of the saga sell-ticket cannot be taken back: it is not before the pivot',
    ],
    ['a name', steps((step) => [step({ name: 'Pay!', command: PAY, request })]), '"Pay!" cannot name a step'],
  ])('%s', (_what, declare, message) => {
    expect(declare).toThrow(message);
  });
});
