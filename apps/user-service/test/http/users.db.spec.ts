import { faultyFields, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { useApp, user } from './use-app';

const { http, create, dataSource } = useApp();

describe('POST /users', () => {
  it('creates a user with the defaults of the domain', async () => {
    const { body } = await http()
      .post('/users')
      .send({
        email: ' Mia.Keller@Example.com ',
        password: 'correct horse battery',
        firstName: ' Mia',
        lastName: 'Keller',
      })
      .expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      email: 'mia.keller@example.com',
      firstName: 'Mia',
      lastName: 'Keller',
      phone: null,
      dateOfBirth: null,
      handedness: null,
      profileImageUrl: null,
      isActive: true,
      emailVerified: false,
      lastLoginAt: null,
      preferredLanguage: 'en',
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    await http().get(`/users/${body.id}`).expect(200, body);
  });

  it('keeps every field it is given', async () => {
    const { password, ...fields } = {
      ...user(),
      phone: '+41791234567',
      dateOfBirth: '2012-02-29',
      handedness: 'left',
      profileImageUrl: 'https://cdn.example/mia.jpg',
      isActive: false,
      preferredLanguage: 'de-CH',
    };
    const { body } = await http()
      .post('/users')
      .send({ ...fields, password })
      .expect(201);
    expect(body).toMatchObject(fields);
  });

  it('lists every fault at once, unknown fields included', async () => {
    const { body } = await http()
      .post('/users')
      .send({
        email: 'mia',
        password: 'short',
        passwordHash: 'x',
        firstName: '',
        lastName: null,
        phone: '079',
        dateOfBirth: '31.12.2012',
        handedness: 'both',
        profileImageUrl: 'x',
        isActive: 'yes',
        emailVerified: true,
        preferredLanguage: 'German',
      })
      .expect(400);
    expect(faultyFields(body)).toEqual([
      'dateOfBirth',
      'email',
      'emailVerified',
      'firstName',
      'handedness',
      'isActive',
      'lastName',
      'password',
      'passwordHash',
      'phone',
      'preferredLanguage',
      'profileImageUrl',
    ]);
  });

  it.each([
    ['email', undefined],
    ['email', `${'x'.repeat(250)}@example.com`],
    ['password', undefined],
    ['password', 'x'.repeat(129)],
    ['password', 123456789012],
    ['firstName', 'x'.repeat(101)],
    ['lastName', 'Kel\nler'],
    ['dateOfBirth', '2011-02-29'],
    ['dateOfBirth', '1899-12-31'],
    ['dateOfBirth', '2999-01-01'],
    ['dateOfBirth', '2012-02-29T00:00:00Z'],
    ['phone', '+4179123456789012'],
    ['preferredLanguage', null],
    ['preferredLanguage', `de-${'x'.repeat(8)}-${'x'.repeat(8)}-${'x'.repeat(8)}-${'x'.repeat(8)}`],
  ])('refuses %s: %j', async (field, value) => {
    const { body } = await http()
      .post('/users')
      .send({ ...user(), [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('refuses an e-mail address that is taken, whatever its case', async () => {
    const { email } = await create.user();
    const { body } = await http()
      .post('/users')
      .send({ ...user(), email: String(email).toUpperCase() })
      .expect(409);
    expect(body).toMatchObject({ code: 'ALREADY_EXISTS', constraint: 'uq_users_email' });
    expect(JSON.stringify(body)).not.toContain(email);
  });
});

describe('PATCH /users/:id', () => {
  it('changes what it is given and leaves the rest', async () => {
    const before = await create.user({ phone: '+41791234567' });
    const { body } = await http()
      .patch(`/users/${before.id}`)
      .send({ lastName: 'Meier', phone: null, handedness: 'right', version: 1 })
      .expect(200);
    expect(body).toEqual({
      ...before,
      lastName: 'Meier',
      phone: null,
      handedness: 'right',
      version: 2,
      updatedAt: expect.any(String),
    });
  });

  it('wants a new e-mail address verified, and an unchanged one not', async () => {
    const { id, email } = await create.user();
    await dataSource().query('UPDATE users SET email_verified = true WHERE id = $1', [id]);
    const same = await http()
      .patch(`/users/${id}`)
      .send({ email: String(email).toUpperCase() })
      .expect(200);
    expect(same.body).toMatchObject({ email, emailVerified: true });
    const other = await http().patch(`/users/${id}`).send({ email: user().email }).expect(200);
    expect(other.body).toMatchObject({ emailVerified: false });
  });

  it('refuses a change made from an old version', async () => {
    const { id } = await create.user();
    await http().patch(`/users/${id}`).send({ firstName: 'Mira', version: 1 }).expect(200);
    await http().patch(`/users/${id}`).send({ firstName: 'Maya', version: 1 }).expect(409);
  });

  it.each([
    ['email', null],
    ['firstName', null],
    ['preferredLanguage', null],
    ['isActive', null],
    ['password', 'another long password'],
    ['emailVerified', true],
    ['lastLoginAt', '2026-01-01T00:00:00Z'],
  ])('refuses %s: %j', async (field, value) => {
    const { id } = await create.user();
    const { body } = await http()
      .patch(`/users/${id}`)
      .send({ [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('is a 404 for a user who does not exist', () =>
    http().patch(`/users/${NOBODY}`).send({ isActive: false }).expect(404));
});

describe('DELETE /users/:id', () => {
  it('erases the person', async () => {
    const { id } = await create.user();
    await http().delete(`/users/${id}`).expect(204);
    await http().get(`/users/${id}`).expect(404);
    await http().delete(`/users/${id}`).expect(404);
  });
});
