/**
 * A distributed transaction as a list of commands, each with the one that takes it back. Declarations only; what runs them is
 * `saga-run.ts`.
 *
 *   forward    step 1 ─> step 2 ─> step 3 (pivot) ─> step 4          each retried until it is answered
 *                           │ refused, or an operator cancels
 *   backward   undo 1 <─ undo 2                                      each retried until it is answered
 *
 * From a pivot on the saga can only go forward: what comes then cannot be taken back, so it must not be refused either.
 *
 * A version that sagas run by is never changed in its steps: declare the next version beside it, and take the old one away when
 * none of its sagas is left.
 */
import type { CommandContract } from '../commands/command-contract';
import type { DataClass } from '../validation/read-as';

/** What a request is made of. */
export interface SagaContext<Input extends object> {
  readonly sagaId: string;
  readonly input: Input;
  /**
   * What a step before this one answered.
   * @throws RangeError when there is no such step before it
   */
  replyOf<Reply extends object>(step: string, command: CommandContract<object, Reply>): Reply;
}

export interface SagaCompensation<Input extends object> {
  readonly command: CommandContract;
  request(context: SagaContext<Input>): object;
}

export interface SagaStep<Input extends object> {
  readonly name: string;
  readonly command: CommandContract;
  request(context: SagaContext<Input>): object;
  /** Undefined where there is nothing to take back. */
  readonly compensation?: SagaCompensation<Input>;
  /** Whether it is the first step that cannot be taken back. */
  readonly pivot: boolean;
}

export interface RetryPolicy {
  /** Before the second attempt; doubles with each. Default 500. */
  readonly firstPauseMs: number;
  /** Default 60,000. */
  readonly longestPauseMs: number;
  /** How long one attempt may take. Default 5,000. */
  readonly timeoutMs: number;
  /** A step that was not answered for that long waits for an operator. Default: never. */
  readonly giveUpAfterMs?: number;
}

export interface Saga<Input extends object = object> {
  readonly name: string;
  readonly version: number;
  /** `transfer-player.v1`: what DBOS calls it. */
  readonly workflow: string;
  readonly inputClass: DataClass<Input>;
  readonly steps: readonly SagaStep<Input>[];
  result(context: SagaContext<Input>): object;
  readonly retry: RetryPolicy;
}

/** Declares one step; a function, so that requests are checked against their contracts. */
export type DeclareStep<Input extends object> = <
  Request extends object,
  Reply extends object | void,
  UndoRequest extends object = object,
>(step: {
  readonly name: string;
  readonly command: CommandContract<Request, Reply>;
  readonly request: (context: SagaContext<Input>) => Request;
  /** Its context does not have the step's own reply, which may never have come; the handler gets it. */
  readonly compensation?: {
    readonly command: CommandContract<UndoRequest, object | void, Reply>;
    readonly request: (context: SagaContext<Input>) => UndoRequest;
  };
  readonly pivot?: boolean;
}) => SagaStep<Input>;

export interface SagaDeclaration<Input extends object> {
  readonly name: string;
  /** Default 1. */
  readonly version?: number;
  readonly input: DataClass<Input>;
  readonly steps: (step: DeclareStep<Input>) => readonly SagaStep<Input>[];
  /** What it came to, for who asks; nothing when left out. */
  readonly result?: (context: SagaContext<Input>) => object;
  readonly retry?: Partial<RetryPolicy>;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Keys of commands are `<saga id>/<step>/undo/<n>` and have at most 200 characters. */
const MAX_NAME_LENGTH = 60;

const RETRY: RetryPolicy = { firstPauseMs: 500, longestPauseMs: 60_000, timeoutMs: 5_000 };

/** @throws RangeError for what could not work: twice the same name, a compensation of another command, something undone after a pivot */
export function defineSaga<Input extends object>(declaration: SagaDeclaration<Input>): Saga<Input> {
  const { name, version = 1, input, result = () => ({}), retry } = declaration;
  const steps = declaration.steps(
    (step) => Object.freeze({ ...step, pivot: step.pivot ?? false }) as SagaStep<Input>,
  );
  refuseName('saga', name);
  if (steps.length === 0) throw new RangeError(`the saga ${name} has no steps`);
  const pivot = steps.findIndex((step) => step.pivot);
  for (const [index, step] of steps.entries()) {
    refuseName('step', step.name);
    const of = `step ${step.name} of the saga ${name}`;
    if (steps.findIndex((other) => other.name === step.name) !== index)
      throw new RangeError(`${of} is there twice`);
    const { compensation } = step;
    if (!compensation) continue;
    if (pivot >= 0 && index >= pivot)
      throw new RangeError(`${of} cannot be taken back: it is not before the pivot`);
    if (compensation.command.undoes !== step.command) {
      throw new RangeError(`${of}: ${compensation.command.name} does not undo ${step.command.name}`);
    }
  }
  return Object.freeze({
    ...{ name, version, workflow: `${name}.v${version}`, inputClass: input },
    ...{ steps: Object.freeze([...steps]), result, retry: { ...RETRY, ...retry } },
  });
}

function refuseName(what: string, name: string): void {
  if (NAME.test(name) && name.length <= MAX_NAME_LENGTH) return;
  throw new RangeError(
    `"${name}" cannot name a ${what}: use small letters and hyphens, ${MAX_NAME_LENGTH} at most`,
  );
}
