import { SetMetadata } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CommandContract } from './command-contract';

export const ON_COMMAND = 'hockey-hub:on-command';

export interface CommandContext<Undone extends object | void = void> {
  readonly key: string;
  /** What the command that is taken back had answered. */
  readonly undone: Undone;
}

export type CommandHandler<
  Request extends object,
  Reply extends object | void,
  Undone extends object | void,
> = (request: Request, manager: EntityManager, context: CommandContext<Undone>) => Promise<Reply>;

/**
 * Marks the method of a provider that decides on a command:
 *
 *     @OnCommand(OPEN_MEMBERSHIP)
 *     open(request: OpenMembership, manager: EntityManager): Promise<OpenedMembership>
 *
 * It runs in the transaction that also records its answer, so its effect happens once however often the command comes. It must
 * use `manager` only. What it throws is rolled back: a CommandRefusal is the service's no, which is final; anything else means
 * that it could not decide, and the command comes again. The handler of a command that `undoes` another is called only when that
 * one was done.
 */
export function OnCommand<Request extends object, Reply extends object | void, Undone extends object | void>(
  contract: CommandContract<Request, Reply, Undone>,
) {
  // Generic in the method: a handler may leave out the parameters that it has no use for.
  return <Method extends CommandHandler<Request, Reply, Undone>>(
    target: object,
    property: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    SetMetadata(ON_COMMAND, contract)(target, property, descriptor);
  };
}
