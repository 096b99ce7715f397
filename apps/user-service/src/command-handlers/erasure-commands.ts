import {
  ERASE_USER_ROWS,
  ErasedRows,
  ErasedUser,
  EraseUser,
  OnCommand,
  Outbox,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Guardianship } from '../entities/guardianship';
import { LoginAttempt } from '../entities/login-attempt';
import { OrganizationMembership } from '../entities/organization-membership';
import { PasswordResetToken } from '../entities/password-reset-token';
import { RefreshToken } from '../entities/refresh-token';
import { TeamMembership } from '../entities/team-membership';
import { User } from '../entities/user';
import { UserErasure } from '../entities/user-erasure';
import { deleteUser } from '../users/delete-user';

/** https://www.rfc-editor.org/rfc/rfc2606#section-2: no address ends like this. */
const NOBODYS_EMAIL = 'erased@erased.invalid';

/** The end of an erasure: removes the person, and writes the receipt, which does not say who it was. */
@Injectable()
export class ErasureCommands {
  constructor(private readonly outbox: Outbox) {}

  @OnCommand(ERASE_USER_ROWS)
  async erase({ userId, erasureId, before }: EraseUser, manager: EntityManager): Promise<ErasedUser> {
    const rows = [...(await forgetLogins(manager, userId)), ...(await this.remove(manager, userId))];
    const completedAt = new Date();
    const ours = { service: 'user-service', rows: rows.filter((line) => line.rows > 0) };
    // Also of an earlier request that was called off.
    await manager.update(UserErasure, { userId }, { userId: null });
    await manager.update(UserErasure, erasureId, { completedAt, receipt: [...before, ours] });
    return { completedAt: completedAt.toISOString() };
  }

  private async remove(manager: EntityManager, id: string): Promise<ErasedRows[]> {
    const user = await manager.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!user) return [];
    // The database's cascade takes these along; deleteUser tells of those that others know.
    const rows = [
      deleted('team_memberships', await manager.countBy(TeamMembership, { userId: id })),
      deleted('organization_memberships', await manager.countBy(OrganizationMembership, { userId: id })),
      deleted('guardianships', await manager.countBy(Guardianship, [{ parentId: id }, { childId: id }])),
      deleted('refresh_tokens', await manager.countBy(RefreshToken, { userId: id })),
      deleted('password_reset_tokens', await manager.countBy(PasswordResetToken, { userId: id })),
    ];
    await deleteUser(manager, this.outbox, id);
    return [deleted('users', 1), ...rows];
  }
}

function deleted(what: string, rows: number): ErasedRows {
  return { what, action: 'deleted', rows };
}

/**
 * Who signed in from where is about the person alone; who tried in vain may have been somebody else, and stays countable by the
 * network peer, without the address that was typed.
 */
async function forgetLogins(manager: EntityManager, userId: string): Promise<ErasedRows[]> {
  const user = await manager.findOneBy(User, { id: userId });
  const theirs = user ? [{ userId }, { email: user.email }] : [{ userId }];
  const { affected: gone } = await manager.delete(
    LoginAttempt,
    theirs.map((each) => ({ ...each, succeeded: true })),
  );
  const { affected: kept } = await manager.update(
    LoginAttempt,
    theirs.map((each) => ({ ...each, succeeded: false })),
    { userId: null, userAgent: null, email: NOBODYS_EMAIL },
  );
  return [
    deleted('login_attempts', gone ?? 0),
    { what: 'login_attempts', action: 'emptied', rows: kept ?? 0 },
  ];
}
