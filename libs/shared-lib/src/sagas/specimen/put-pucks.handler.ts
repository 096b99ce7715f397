import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CommandRefusal } from '../../commands/command-errors';
import { OnCommand, type CommandContext } from '../../commands/on-command';
import { Locker } from '../../commands/specimen/locker.entity';
import { MovedPucks, Pucks } from '../../commands/specimen/puck-commands';
import { PUT_PUCKS, REMOVE_PUCKS } from './move-pucks.saga';

@Injectable()
export class PutPucksHandler {
  @OnCommand(PUT_PUCKS)
  async put(request: Pucks, manager: EntityManager): Promise<MovedPucks> {
    if (request.count > 100)
      throw new CommandRefusal('LOCKER_FULL', `${request.locker} is too small for that`);
    await manager.increment(Locker, { name: request.locker }, 'pucks', request.count);
    const { id, pucks } = await manager.findOneByOrFail(Locker, { name: request.locker });
    return { lockerId: id, left: pucks };
  }

  @OnCommand(REMOVE_PUCKS)
  async remove(
    request: Pucks,
    manager: EntityManager,
    { undone }: CommandContext<MovedPucks>,
  ): Promise<void> {
    await manager.decrement(Locker, { id: undone.lockerId }, 'pucks', request.count);
  }
}
