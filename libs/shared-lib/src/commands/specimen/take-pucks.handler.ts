import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CommandRefusal } from '../command-errors';
import { OnCommand, type CommandContext } from '../on-command';
import { Locker } from './locker.entity';
import { MovedPucks, Pucks, RETURN_PUCKS, TAKE_PUCKS } from './puck-commands';

@Injectable()
export class TakePucksHandler {
  /** Called with every attempt; a test makes it fail. */
  onAttempt: (request: Pucks) => Promise<void> = () => Promise.resolve();
  onGiveBack: () => Promise<void> = () => Promise.resolve();

  @OnCommand(TAKE_PUCKS)
  async take(request: Pucks, manager: EntityManager): Promise<MovedPucks> {
    const locker = await manager.findOne(Locker, {
      where: { name: request.locker },
      lock: { mode: 'pessimistic_write' },
    });
    if (!locker) throw new CommandRefusal('LOCKER_NOT_FOUND', `there is no locker ${request.locker}`);
    locker.pucks -= request.count;
    if (locker.pucks >= 0) await manager.save(locker);
    await this.onAttempt(request);
    if (locker.pucks < 0) throw new CommandRefusal('TOO_FEW_PUCKS', `${request.locker} has too few pucks`);
    return { lockerId: locker.id, left: locker.pucks };
  }

  @OnCommand(RETURN_PUCKS)
  async giveBack(
    request: Pucks,
    manager: EntityManager,
    { undone }: CommandContext<MovedPucks>,
  ): Promise<void> {
    await this.onGiveBack();
    await manager.increment(Locker, { id: undone.lockerId }, 'pucks', request.count);
  }
}
