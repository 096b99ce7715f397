import { faultyFields, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { verify } from '@node-rs/argon2';
import { useApp, user } from './use-app';

const { http, create, dataSource, log } = useApp();

const storedHash = async (id: string): Promise<string> => {
  const [row] = await dataSource().query<{ password_hash: string }[]>(
    'SELECT password_hash FROM users WHERE id = $1',
    [id],
  );
  return row!.password_hash;
};

/** Gives a user a refresh token and a reset token that are still good. */
async function signIn(userId: string): Promise<void> {
  for (const table of ['refresh_tokens', 'password_reset_tokens']) {
    await dataSource().query(
      `INSERT INTO ${table} (user_id, token_hash, expires_at)
       VALUES ($1, encode(sha256($2), 'hex'), now() + interval '1 day')`,
      [userId, Buffer.from(userId)],
    );
  }
}

/** Which of the tokens of these users are still good. */
async function goodTokens(...userIds: string[]): Promise<unknown[]> {
  return dataSource().query(
    `SELECT 'refresh' AS token, user_id AS "userId" FROM refresh_tokens
      WHERE revoked_at IS NULL AND user_id = ANY ($1)
     UNION ALL
     SELECT 'reset', user_id FROM password_reset_tokens WHERE used_at IS NULL AND user_id = ANY ($1)`,
    [userIds],
  );
}

describe('a password', () => {
  it('is stored as argon2id, with a salt of its own', async () => {
    const [first, second] = await Promise.all([create.user(), create.user()]);
    const hash = await storedHash(first.id);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hash).not.toBe(await storedHash(second.id));
    await expect(verify(hash, user().password)).resolves.toBe(true);
    await expect(verify(hash, `${user().password} `)).resolves.toBe(false);
  });

  it('is changed, spaces and all, and signs this user out everywhere', async () => {
    const [{ id }, { id: other }] = await Promise.all([create.user(), create.user()]);
    await Promise.all([signIn(id), signIn(other)]);

    const { text } = await http()
      .put(`/users/${id}/password`)
      .send({ password: '  tiny purple fish  ' })
      .expect(204);

    expect(text).toBe('');
    await expect(verify(await storedHash(id), '  tiny purple fish  ')).resolves.toBe(true);
    expect(await goodTokens(id, other)).toEqual([
      { token: 'refresh', userId: other },
      { token: 'reset', userId: other },
    ]);
  });

  it.each([{}, { password: 'short' }, { password: null }, { password: 'x'.repeat(129) }])(
    'is not changed to %j',
    async (fields) => {
      const { id } = await create.user();
      const before = await storedHash(id);
      const { body } = await http().put(`/users/${id}/password`).send(fields).expect(400);
      expect(faultyFields(body)).toEqual(['password']);
      expect(await storedHash(id)).toBe(before);
    },
  );

  it('of nobody cannot be changed', () =>
    http().put(`/users/${NOBODY}/password`).send({ password: 'tiny purple fish' }).expect(404));

  it('never comes back and is never logged, nor is its hash', async () => {
    const password = 'hush-hush-hush-hush';
    const answers = [
      await http()
        .post('/users')
        .send({ ...user(), password })
        .expect(201),
    ];
    const { id, email } = answers[0]!.body;
    answers.push(
      await http().get(`/users/${id}`).expect(200),
      await http().get('/users').query({ 'filter.email': email }).expect(200),
      await http().patch(`/users/${id}`).send({ firstName: 'Mira' }).expect(200),
      await http().put(`/users/${id}/password`).send({ password }).expect(204),
      // Refused by validation, by the database, and by nobody having that id.
      await http()
        .post('/users')
        .send({ ...user(), email: 'x', password })
        .expect(400),
      await http()
        .post('/users')
        .send({ ...user(), email, password })
        .expect(409),
      await http().put(`/users/${NOBODY}/password`).send({ password }).expect(404),
    );
    const hash = await storedHash(id);
    const said = answers.map(({ text }) => text).join('') + log();
    expect(log()).toContain('/password');
    expect([password, hash, '$argon2', 'hush'].filter((secret) => said.includes(secret))).toEqual([]);
    expect(answers.filter(({ text }) => text.includes('passwordHash'))).toEqual([]);
  });
});

describe('closing an account', () => {
  it('signs the user out everywhere', async () => {
    const { id } = await create.user();
    await signIn(id);
    await http().patch(`/users/${id}`).send({ firstName: 'Mira' }).expect(200);
    expect(await goodTokens(id)).toHaveLength(2);
    await http().patch(`/users/${id}`).send({ isActive: false }).expect(200);
    expect(await goodTokens(id)).toEqual([]);
  });

  it('signs nobody out when it is refused', async () => {
    const { id } = await create.user();
    await signIn(id);
    await http().patch(`/users/${id}`).send({ firstName: 'Mira' }).expect(200);
    await http().patch(`/users/${id}`).send({ isActive: false, version: 1 }).expect(409);
    expect(await goodTokens(id)).toHaveLength(2);
  });
});
