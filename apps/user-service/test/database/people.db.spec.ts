import {
  itRefuses,
  NO_SUCH_VALUE,
  NOBODY,
  NOT_NULL,
  twice,
  useRows,
} from '@hockey-hub/shared-lib/src/testing';
import { userDatabase } from '../../src/user-database';
import { Rows } from './rows';

const context = useRows(userDatabase, Rows);

describe('the database itself refuses', () => {
  itRefuses(context, [
    [
      'two users with one e-mail address',
      'uq_users_email',
      ({ rows }) => twice(() => rows.user({ email: 'mia@example.com' })),
    ],
    [
      'an e-mail address in capitals',
      'ck_users_email',
      ({ rows }) => rows.user({ email: 'Mia@example.com' }),
    ],
    [
      'a password that is not hashed',
      'ck_users_password_hash',
      ({ rows }) => rows.user({ password_hash: 'correct horse' }),
    ],
    ['a user without a password', NOT_NULL, ({ rows }) => rows.user({ password_hash: null })],
    ['a blank first name', 'ck_users_first_name', ({ rows }) => rows.user({ first_name: ' ' })],
    ['a blank last name', 'ck_users_last_name', ({ rows }) => rows.user({ last_name: ' ' })],
    ['a local telephone number', 'ck_users_phone', ({ rows }) => rows.user({ phone: '079 123 45 67' })],
    [
      'a birth in another age',
      'ck_users_date_of_birth',
      ({ rows }) => rows.user({ date_of_birth: '1899-12-31' }),
    ],
    ['an unknown handedness', NO_SUCH_VALUE, ({ rows }) => rows.user({ handedness: 'both' })],
    [
      'a profile image that is a script',
      'ck_users_profile_image_url',
      ({ rows }) => rows.user({ profile_image_url: 'data:x' }),
    ],
    [
      'a language in words',
      'ck_users_preferred_language',
      ({ rows }) => rows.user({ preferred_language: 'German' }),
    ],
    [
      'a child who is their own parent',
      'ck_guardianships_two_people',
      async ({ rows }) => {
        const user = await rows.user();
        await rows.guardianship({ parent_id: user, child_id: user });
      },
    ],
    [
      'the same guardianship twice',
      'uq_guardianships_parent_id_child_id',
      async ({ rows }) => {
        const columns = { parent_id: await rows.user(), child_id: await rows.user() };
        await twice(() => rows.guardianship(columns));
      },
    ],
    [
      'a parent who is nobody',
      'fk_guardianships_parent_id',
      ({ rows }) => rows.guardianship({ parent_id: NOBODY }),
    ],
    [
      'a child who is nobody',
      'fk_guardianships_child_id',
      ({ rows }) => rows.guardianship({ child_id: NOBODY }),
    ],
    ['an unknown relationship', NO_SUCH_VALUE, ({ rows }) => rows.guardianship({ relationship: 'fan' })],
    [
      'a refresh token that is not hashed',
      'ck_refresh_tokens_token_hash',
      ({ rows }) => rows.token('refresh_tokens', { token_hash: 'secret' }),
    ],
    [
      'two refresh tokens of one hash',
      'uq_refresh_tokens_token_hash',
      ({ rows }) => twice(() => rows.token('refresh_tokens')),
    ],
    [
      'a refresh token of nobody',
      'fk_refresh_tokens_user_id',
      ({ rows }) => rows.token('refresh_tokens', { user_id: NOBODY }),
    ],
    [
      'a refresh token that was never valid',
      'ck_refresh_tokens_expires_at',
      ({ rows }) => rows.token('refresh_tokens', { expires_at: '2000-01-01T00:00:00Z' }),
    ],
    [
      'a refresh token without an end',
      NOT_NULL,
      ({ rows }) => rows.token('refresh_tokens', { expires_at: null }),
    ],
    [
      'a reset token that is not hashed',
      'ck_password_reset_tokens_token_hash',
      ({ rows }) => rows.token('password_reset_tokens', { token_hash: 'secret' }),
    ],
    [
      'two reset tokens of one hash',
      'uq_password_reset_tokens_token_hash',
      ({ rows }) => twice(() => rows.token('password_reset_tokens')),
    ],
    [
      'a reset token of nobody',
      'fk_password_reset_tokens_user_id',
      ({ rows }) => rows.token('password_reset_tokens', { user_id: NOBODY }),
    ],
    [
      'a reset token that was never valid',
      'ck_password_reset_tokens_expires_at',
      ({ rows }) => rows.token('password_reset_tokens', { expires_at: '2000-01-01T00:00:00Z' }),
    ],
    [
      'a login attempt in capitals',
      'ck_login_attempts_email',
      ({ rows }) => rows.loginAttempt({ email: 'Mia@example.com' }),
    ],
    [
      'a failed login without a reason',
      'ck_login_attempts_outcome',
      ({ rows }) => rows.loginAttempt({ succeeded: false }),
    ],
    [
      'a successful login with a reason to fail',
      'ck_login_attempts_outcome',
      ({ rows }) => rows.loginAttempt({ failure: 'wrong_password' }),
    ],
    ['a login attempt from nowhere', NOT_NULL, ({ rows }) => rows.loginAttempt({ ip_address: null })],
  ]);
});

describe('the database itself accepts', () => {
  it('the bcrypt hash of a legacy account', async () => {
    await expect(context.rows.user({ password_hash: `$2b$10$${'a'.repeat(53)}` })).resolves.toEqual(
      expect.any(String),
    );
  });

  it('erasing a person, with all that is known about them but the count of attempts', async () => {
    const user_id = await context.rows.user();
    await context.rows.organizationMembership({ user_id });
    await context.rows.teamMembership({ user_id });
    await context.rows.guardianship({ parent_id: user_id });
    await context.rows.guardianship({ child_id: user_id });
    await context.rows.token('refresh_tokens', { user_id });
    await context.rows.token('password_reset_tokens', { user_id });
    await context.rows.loginAttempt({ user_id });

    await context.client.query('DELETE FROM users WHERE id = $1', [user_id]);

    expect(await context.rows.count('organization_memberships')).toBe(0);
    expect(await context.rows.count('team_memberships')).toBe(0);
    expect(await context.rows.count('guardianships')).toBe(0);
    expect(await context.rows.count('refresh_tokens')).toBe(0);
    expect(await context.rows.count('password_reset_tokens')).toBe(0);
    const attempts = await context.client.query('SELECT user_id FROM login_attempts');
    expect(attempts.rows).toEqual([{ user_id: null }]);
  });
});
