import { Outbox } from '@hockey-hub/shared-lib';
import { v7 as uuidv7 } from 'uuid';
import { AccountCommands } from '../../src/command-handlers/account-commands';
import { ErasureCommands } from '../../src/command-handlers/erasure-commands';
import { User } from '../../src/entities/user';
import { UserErasure } from '../../src/entities/user-erasure';
import { deleteUser } from '../../src/users/delete-user';
import { publishedOf } from '../events/published';
import { useCommands } from './use-commands';

const context = useCommands();
const { inTransaction, query } = context;
const outbox = new Outbox('user-service');
const accounts = new AccountCommands(outbox);
const erasures = new ErasureCommands(outbox);

const close = (userId: string) => inTransaction((manager) => accounts.close({ userId }, manager));
const isActive = async (id: string) =>
  (await context.dataSource.getRepository(User).findOneByOrFail({ id })).isActive;

describe('closing the account', () => {
  it('signs the person out and can be taken back, for others to hear', async () => {
    const userId = await context.rows.user();
    await context.rows.token('refresh_tokens', { user_id: userId, token_hash: 'cd'.repeat(32) });
    const undone = await close(userId);
    expect(undone).toEqual({ existed: true, wasActive: true });
    expect(await isActive(userId)).toBe(false);
    expect(
      await query(`SELECT FROM "refresh_tokens" WHERE "user_id" = $1 AND "revoked_at" IS NULL`, userId),
    ).toEqual([]);

    await inTransaction((manager) => accounts.reopen({ userId }, manager, { key: 'k', undone }));
    expect(await isActive(userId)).toBe(true);
    const told = await publishedOf(context.dataSource, userId);
    expect(told.map(({ data }) => data['isActive'])).toEqual([false, true]);
  });

  it('leaves an account closed that was closed before', async () => {
    const userId = await context.rows.user({ is_active: false });
    const undone = await close(userId);
    expect(undone).toEqual({ existed: true, wasActive: false });
    await inTransaction((manager) => accounts.reopen({ userId }, manager, { key: 'k', undone }));
    expect(await isActive(userId)).toBe(false);
  });

  it('knows who was deleted from who never was', async () => {
    const userId = await context.rows.user();
    await inTransaction((manager) => deleteUser(manager, outbox, userId));
    expect(await close(userId)).toEqual({ existed: false, wasActive: false });
    await expect(close(uuidv7())).rejects.toMatchObject({ name: 'CommandRefusal', code: 'USER_NOT_FOUND' });
  });
});

describe('removing the person', () => {
  const before = [
    { service: 'training-service', rows: [{ what: 'known_users', action: 'emptied' as const, rows: 1 }] },
  ];
  const asked = async (userId: string) =>
    (await context.dataSource.getRepository(UserErasure).save({ userId })).id;
  const erase = (userId: string, erasureId: string) =>
    inTransaction((manager) => erasures.erase({ userId, erasureId, before }, manager));

  it('leaves no trace but the receipt, which does not say who it was', async () => {
    const { rows } = context;
    const email = `${uuidv7()}@example.com`;
    const userId = await rows.user({ email });
    await rows.teamMembership({ user_id: userId });
    await rows.organizationMembership({ user_id: userId });
    await rows.guardianship({ parent_id: userId });
    await rows.guardianship({ child_id: userId });
    await rows.token('refresh_tokens', { user_id: userId, token_hash: 'ef'.repeat(32) });
    await rows.loginAttempt({ user_id: userId, email });
    const failed = { succeeded: false, failure: 'wrong_password', user_agent: 'Firefox' };
    const attempt = await rows.loginAttempt({ email, ...failed });
    const other = await rows.loginAttempt({ email: 'other@example.com', ...failed });
    const calledOff = await asked(userId);
    const erasureId = await asked(userId);

    const { completedAt } = await erase(userId, erasureId);
    const [receipt] = await query(`SELECT * FROM "user_erasures" WHERE "id" = $1`, erasureId);
    expect(receipt).toMatchObject({ user_id: null, completed_at: new Date(completedAt) });
    expect(receipt!['receipt']).toEqual([
      ...before,
      {
        service: 'user-service',
        rows: [
          { what: 'login_attempts', action: 'deleted', rows: 1 },
          { what: 'login_attempts', action: 'emptied', rows: 1 },
          { what: 'users', action: 'deleted', rows: 1 },
          { what: 'team_memberships', action: 'deleted', rows: 1 },
          { what: 'organization_memberships', action: 'deleted', rows: 1 },
          { what: 'guardianships', action: 'deleted', rows: 2 },
          { what: 'refresh_tokens', action: 'deleted', rows: 1 },
        ],
      },
    ]);
    expect(await query(`SELECT "user_id" FROM "user_erasures" WHERE "id" = $1`, calledOff)).toEqual([
      { user_id: null },
    ]);
    expect(
      await query(
        `SELECT "email", "user_agent", host("ip_address") AS ip FROM "login_attempts" WHERE "id" = $1`,
        attempt,
      ),
    ).toEqual([{ email: 'erased@erased.invalid', user_agent: null, ip: '192.0.2.1' }]);
    expect(await query(`SELECT "user_agent" FROM "login_attempts" WHERE "id" = $1`, other)).toEqual([
      { user_agent: 'Firefox' },
    ]);
    const told = await publishedOf(context.dataSource, userId);
    expect(told.map(({ type }) => type)).toEqual(['user-service.user.deleted.v1']);
  });

  it('has nothing left to remove of somebody who was deleted before', async () => {
    const userId = await context.rows.user();
    await inTransaction((manager) => deleteUser(manager, outbox, userId));
    const erasureId = await asked(userId);
    await erase(userId, erasureId);
    const [receipt] = await query(`SELECT "receipt" FROM "user_erasures" WHERE "id" = $1`, erasureId);
    expect(receipt!['receipt']).toEqual([...before, { service: 'user-service', rows: [] }]);
  });
});
