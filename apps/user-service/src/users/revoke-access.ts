import { IsNull, type EntityManager } from 'typeorm';
import { PasswordResetToken } from '../entities/password-reset-token';
import { RefreshToken } from '../entities/refresh-token';

/**
 * Signs a user out everywhere and makes their mailed reset links worthless.
 *
 * @param manager of the transaction that gives the reason, so that neither happens without the other
 */
export async function revokeAccess(manager: EntityManager, userId: string): Promise<void> {
  const now = new Date();
  await manager.update(RefreshToken, { userId, revokedAt: IsNull() }, { revokedAt: now });
  await manager.update(PasswordResetToken, { userId, usedAt: IsNull() }, { usedAt: now });
}
