import { CommandError, CommandRefused, CommandUnanswered } from '../commands/command-errors';
import type { CommandClient, SendOptions } from '../commands/command-client';
import type { SagaCompensation, SagaStep } from './saga-definition';

/** What one attempt came to; kept by DBOS, so plain JSON. */
export type Attempt =
  | { readonly kind: 'done'; readonly reply: object | null }
  | { readonly kind: 'nothing-to-undo' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unanswered'; readonly message: string; readonly at: number }
  | { readonly kind: 'broken'; readonly code: string; readonly message: string };

/** Makes one attempt at a step. Rejects for nothing that belongs to the command. */
export function sendStep(
  client: CommandClient,
  { command }: Pick<SagaStep<object>, 'command'>,
  request: object,
  options: SendOptions,
): Promise<Attempt> {
  return attempt(async () => ({
    kind: 'done',
    reply: (await client.send(command, request, options)) ?? null,
  }));
}

/** Makes one attempt at taking a step back. `done` is what it answered, where that is known. */
export function undoStep(
  client: CommandClient,
  { command }: SagaCompensation<object>,
  request: object,
  options: SendOptions,
  undoes: { readonly key: string; readonly done?: { readonly reply: object | null } },
): Promise<Attempt> {
  return attempt(async () => {
    const { key, done } = undoes;
    const undone = { key, wasDone: done !== undefined, ...(done?.reply && { reply: done.reply }) };
    const outcome = await client.undo(command, request, { ...options, undoes: undone });
    return outcome === 'undone' ? { kind: 'done', reply: null } : { kind: 'nothing-to-undo' };
  });
}

async function attempt(work: () => Promise<Attempt>): Promise<Attempt> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandRefused) return { kind: 'refused', code: error.code, message: error.message };
    if (error instanceof CommandUnanswered) {
      return { kind: 'unanswered', message: error.message, at: Date.now() };
    }
    if (error instanceof CommandError) return { kind: 'broken', code: error.code, message: error.message };
    throw error;
  }
}
