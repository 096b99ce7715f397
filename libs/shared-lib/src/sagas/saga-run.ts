/**
 * One saga from its first step to its end. Owns the order of things and what a refusal, a silence and an operator mean. Does not
 * own how it survives (SagaRuntime) nor how commands travel (CommandClient).
 *
 * Deterministic: whatever comes from outside (answers, times, orders) comes through the runtime, so that a run that is repeated
 * after a crash takes the same way.
 *
 * **A step whose answer never came** may have happened, may yet happen, or not. While it goes forward that is no question: the
 * same key is sent until there is an answer. When it is cancelled, the step is taken back like one that was done, and the
 * service that decides on it knows what there is to take back: nothing, in which case it also refuses the step should it still
 * be on its way (`command-processor.ts`). So no effect can come after its own taking back.
 */
import type { CommandClient } from '../commands/command-client';
import { withSpan } from '../observability/with-span';
import { backoffMs } from './backoff';
import type { Saga, SagaContext, SagaStep } from './saga-definition';
import type { SagaOrder, SagaProgress, SagaReason, StepProgress } from './saga-progress';
import type { SagaRuntime } from './saga-runtime';
import { sendStep, undoStep, type Attempt } from './send-step';

/** An operator may come next week; a wait is written down anew each day. */
const STUCK_WAIT_MS = 24 * 60 * 60_000;

/** What a saga was started with. */
export interface SagaInput {
  readonly input: object;
  readonly traceparent?: string;
}

interface Prepared {
  readonly request: object;
  /** When it was first about to be sent, as milliseconds since 1970. */
  readonly since: number;
}

type Broken = Extract<Attempt, { kind: 'broken' }>;

/** How an attempt is made; forward and backward differ in that alone. */
type Send = (prepared: Prepared, key: string) => Promise<Attempt>;

type Answer =
  | Exclude<Attempt, { kind: 'unanswered' | 'broken' }>
  /** `wasSent`: whether it may have happened. */
  | { readonly kind: 'cancelled'; readonly wasSent: boolean };

export class SagaRun {
  private readonly progress: SagaProgress;
  /** Of the steps that are done. */
  private readonly replies = new Map<string, object | null>();

  constructor(
    private readonly saga: Saga,
    private readonly id: string,
    private readonly start: SagaInput,
    private readonly runtime: SagaRuntime,
    private readonly client: CommandClient,
  ) {
    this.progress = {
      state: 'running',
      steps: saga.steps.map(({ name }) => ({ name, state: 'pending', attempts: 0, undoAttempts: 0 })),
      isPastPivot: false,
    };
  }

  async run(): Promise<SagaProgress> {
    for (const [index, step] of this.saga.steps.entries()) {
      if ((await this.runtime.order(0)) === 'cancel' && !this.progress.isPastPivot) {
        return this.takeBack({ kind: 'cancelled' }, index - 1);
      }
      const answer = await this.forward(step);
      if (answer.kind === 'cancelled') {
        return this.takeBack({ kind: 'cancelled' }, answer.wasSent ? index : index - 1);
      }
      if (answer.kind === 'refused') {
        const { code, message } = answer;
        return this.takeBack({ kind: 'refused', step: step.name, code, message }, index - 1);
      }
    }
    this.progress.state = 'finished';
    this.progress.result = await this.runtime.once('result', async () => this.saga.result(this.context()));
    return this.end();
  }

  private async forward(step: SagaStep<object>): Promise<Answer> {
    const progress = this.stepProgress(step);
    progress.state = 'doing';
    this.progress.isPastPivot ||= step.pivot;
    await this.runtime.report(this.progress);
    const send: Send = ({ request, since }, key) =>
      sendStep(this.client, step, request, this.options(key, since));
    for (let round = 1; ; round++) {
      const key = keyOf(this.id, step.name, round);
      const answer = await this.deliver(progress, 'attempts', key, step.request, send);
      if (answer.kind === 'done') {
        progress.state = 'done';
        this.replies.set(step.name, answer.reply);
        return answer;
      }
      // A pivot that is refused did nothing, so all can still be taken back; a step after it must not be refused.
      if (answer.kind !== 'refused') return answer;
      if (step.pivot || !this.progress.isPastPivot) {
        progress.state = 'refused';
        this.progress.isPastPivot = false;
        return answer;
      }
      await this.stuck(progress, 'REFUSED_AFTER_PIVOT', `${answer.code}: ${answer.message}`);
    }
  }

  /** From the step at `last` to the first. */
  private async takeBack(reason: SagaReason, last: number): Promise<SagaProgress> {
    Object.assign(this.progress, { state: 'compensating', reason });
    for (let index = last; index >= 0; index--) await this.backward(this.saga.steps[index]!);
    this.progress.state = 'compensated';
    return this.end();
  }

  private async backward(step: SagaStep<object>): Promise<void> {
    const { compensation } = step;
    if (!compensation) return;
    const progress = this.stepProgress(step);
    progress.state = 'undoing';
    await this.runtime.report(this.progress);
    const reply = this.replies.get(step.name);
    const undoes = { key: keyOf(this.id, step.name, 1), ...(reply !== undefined && { done: { reply } }) };
    const send: Send = ({ request, since }, key) =>
      undoStep(this.client, compensation, request, this.options(key, since), undoes);
    for (let round = 1; ; round++) {
      const key = keyOf(this.id, `${step.name}/undo`, round);
      const answer = await this.deliver(progress, 'undoAttempts', key, compensation.request, send);
      if (answer.kind === 'done' || answer.kind === 'nothing-to-undo') {
        progress.state = answer.kind === 'done' ? 'undone' : 'nothing-to-undo';
        return;
      }
      if (answer.kind !== 'refused') continue;
      // The refusal is kept for its key: the operator's next attempt is a new command.
      await this.stuck(progress, 'COMPENSATION_REFUSED', `${answer.code}: ${answer.message}`);
    }
  }

  /** Sends until there is an answer, or until an operator cancels a saga that may be cancelled. */
  private async deliver(
    step: StepProgress,
    counter: 'attempts' | 'undoAttempts',
    key: string,
    request: SagaStep<object>['request'],
    send: Send,
  ): Promise<Answer> {
    let prepared = await this.prepare(key, request);
    let patientSince = 'since' in prepared ? prepared.since : Infinity;
    for (let failures = 0; ;) {
      const attempt: Attempt = 'kind' in prepared ? prepared : await this.attempt(key, prepared, send);
      step[counter] += 'kind' in prepared ? 0 : 1;
      delete step.error;
      delete step.nextAttemptAt;
      let order: SagaOrder | undefined;
      if (attempt.kind === 'unanswered') {
        failures += 1;
        patientSince = Math.min(patientSince, attempt.at);
        const isOver = attempt.at - patientSince >= (this.saga.retry.giveUpAfterMs ?? Infinity);
        order = isOver
          ? await this.stuck(step, 'UNANSWERED', attempt.message)
          : await this.pause(step, attempt, failures);
      } else if (attempt.kind === 'broken') {
        order = await this.stuck(step, attempt.code, attempt.message);
        if ('kind' in prepared && order === 'retry') prepared = await this.prepare(key, request);
      } else {
        return attempt;
      }
      if (order === 'cancel' && this.mayCancel) return { kind: 'cancelled', wasSent: step[counter] > 0 };
      if (order === 'retry') {
        failures = 0;
        patientSince = Infinity;
      }
    }
  }

  private attempt(key: string, prepared: Prepared, send: Send): Promise<Attempt> {
    const settings = { traceparent: this.start.traceparent, attributes: { 'saga.id': this.id } };
    return this.runtime.once(labelOf(key), () =>
      withSpan(`saga ${this.saga.workflow}`, settings, () => send(prepared, key)),
    );
  }

  /** The request is made once and kept: a retry sends the same, whatever the code has become meanwhile. */
  private prepare(key: string, request: SagaStep<object>['request']): Promise<Prepared | Broken> {
    return this.runtime.once(`${labelOf(key)} request`, async () => {
      try {
        return { request: request(this.context()), since: Date.now() };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return {
          kind: 'broken',
          code: 'REQUEST_NOT_MADE',
          message: `its request could not be made: ${message}`,
        };
      }
    });
  }

  private async pause(
    step: StepProgress,
    { message, at }: Extract<Attempt, { kind: 'unanswered' }>,
    failures: number,
  ): Promise<SagaOrder | undefined> {
    const pauseMs = backoffMs(failures, this.saga.retry);
    step.error = message;
    step.nextAttemptAt = new Date(at + pauseMs).toISOString();
    await this.runtime.report(this.progress);
    return this.runtime.order(pauseMs);
  }

  private async stuck(step: StepProgress, code: string, message: string): Promise<SagaOrder> {
    const { state } = this.progress;
    step.error = message;
    Object.assign(this.progress, { state: 'stuck', problem: { step: step.name, code, message } });
    await this.runtime.report(this.progress);
    let order: SagaOrder | undefined;
    do order = await this.runtime.order(STUCK_WAIT_MS);
    while (order === undefined || (order === 'cancel' && (state !== 'running' || this.progress.isPastPivot)));
    this.progress.state = state;
    delete this.progress.problem;
    delete step.error;
    await this.runtime.report(this.progress);
    return order;
  }

  private get mayCancel(): boolean {
    return this.progress.state === 'running' && !this.progress.isPastPivot;
  }

  private async end(): Promise<SagaProgress> {
    await this.runtime.report(this.progress);
    return this.progress;
  }

  private options(key: string, since: number) {
    return { key, timeoutMs: this.saga.retry.timeoutMs, firstSentAt: new Date(since) };
  }

  private stepProgress({ name }: SagaStep<object>): StepProgress {
    return this.progress.steps.find((step) => step.name === name)!;
  }

  private context(): SagaContext<object> {
    return {
      sagaId: this.id,
      input: this.start.input,
      replyOf: (step) => {
        const reply = this.replies.get(step);
        if (reply) return reply as never;
        throw new RangeError(`the step ${step} has no reply yet`);
      },
    };
  }
}

function keyOf(sagaId: string, step: string, round: number): string {
  return round === 1 ? `${sagaId}/${step}` : `${sagaId}/${step}/${round}`;
}

/** What DBOS calls it: few different names, so without the saga's id. */
function labelOf(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
