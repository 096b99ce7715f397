import {
  CLOSE_ACCOUNT,
  CloseAccount,
  ClosedAccount,
  CommandRefusal,
  OnCommand,
  Outbox,
  REOPEN_ACCOUNT,
  USER_UPDATED,
  type CommandContext,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { User } from '../entities/user';
import { userState } from '../publishing/public-states';
import { wasDeleted } from '../user-erasures/was-deleted';
import { revokeAccess } from '../users/revoke-access';

/** Closes the account of somebody who is to be erased, and opens it again when that comes to nothing. */
@Injectable()
export class AccountCommands {
  constructor(private readonly outbox: Outbox) {}

  @OnCommand(CLOSE_ACCOUNT)
  async close({ userId }: CloseAccount, manager: EntityManager): Promise<ClosedAccount> {
    const user = await manager.findOne(User, { where: { id: userId }, lock: { mode: 'pessimistic_write' } });
    if (!user) {
      if (await wasDeleted(manager, userId)) return { existed: false, wasActive: false };
      throw new CommandRefusal('USER_NOT_FOUND', `there is no user ${userId}, and never was`);
    }
    const { isActive: wasActive } = user;
    await revokeAccess(manager, userId);
    if (wasActive) await this.save(manager, Object.assign(user, { isActive: false }));
    return { existed: true, wasActive };
  }

  @OnCommand(REOPEN_ACCOUNT)
  async reopen(
    { userId }: CloseAccount,
    manager: EntityManager,
    { undone }: CommandContext<ClosedAccount>,
  ): Promise<void> {
    if (!undone.wasActive) return;
    const user = await manager.findOne(User, { where: { id: userId }, lock: { mode: 'pessimistic_write' } });
    if (user) await this.save(manager, Object.assign(user, { isActive: true }));
  }

  private async save(manager: EntityManager, user: User): Promise<void> {
    const saved = await manager.save(user);
    await this.outbox.publish(manager, USER_UPDATED, saved.id, userState(saved));
  }
}
