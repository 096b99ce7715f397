import { Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { DatabaseModule } from '../../database/database.module';
import { encodeEvent } from '../../events/event-envelope';
import { OperatorConfig } from '../../http/operator.config';
import { createTestApp, NOBODY, type TestDatabase } from '../../testing';
import { MessagingModule } from '../messaging.module';
import { SPECIMEN_EVENTS, SPECIMEN_SUBSCRIPTIONS, SQUAD_CHANGED } from '../specimen/contracts';
import { SquadListener } from '../specimen/squad-listener';
import { createMessagingDatabase } from '../specimen/start-messaging';
import { messagingEntities } from '../tables/messaging-entities';
import { writeDeadLetter } from './write-dead-letter';

const service = 'fan-service';
const TOKEN = 'a token for operators';

@Module({
  imports: [
    DatabaseModule.forService({ service, entities: messagingEntities }),
    MessagingModule.forService({ service, events: SPECIMEN_EVENTS, subscriptions: SPECIMEN_SUBSCRIPTIONS }),
  ],
  providers: [SquadListener],
})
class FanModule {}

let database: TestDatabase;
let app: NestExpressApplication;

const start = (token?: string): Promise<NestExpressApplication> =>
  createTestApp(FanModule, {
    database,
    service,
    override: (builder) => builder.overrideProvider(OperatorConfig).useValue({ token }),
  });

beforeAll(async () => {
  database = await createMessagingDatabase(service);
  app = await start(TOKEN);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});
beforeEach(() => app.get(DataSource).query('TRUNCATE dead_letters, squads, heard'));

const ask = (method: 'get' | 'post', path: string) =>
  request(app.getHttpServer())
    [method](`/operations/dead-letters${path}`)
    .set('authorization', `Bearer ${TOKEN}`);

/** A letter whose event says `name`. @returns its id */
async function letter(name: string, message?: Buffer): Promise<string> {
  const { manager } = app.get(DataSource);
  const encoded = encodeEvent({
    ...{ id: NOBODY, service: 'club-service', type: SQUAD_CHANGED.subject, aggregateId: 'a', sequence: 1 },
    ...{ time: new Date(0).toISOString(), data: { name, size: 1 } },
  });
  await writeDeadLetter(manager, {
    ...{ subject: SQUAD_CHANGED.subject, message: message ?? encoded, code: 'HANDLER_FAILED' },
    ...{ error: 'cannot bear it', attempts: 10 },
  });
  const [row] = await manager.query<{ id: string }[]>(
    `SELECT id FROM dead_letters ORDER BY died_at DESC LIMIT 1`,
  );
  return row!.id;
}

const heard = () => app.get(DataSource).query<{ name: string }[]>('SELECT name FROM heard');

it('lists what is open, and shows nothing of what the message carries', async () => {
  const id = await letter('private');
  const { body, text } = await ask('get', '').expect(200);
  expect(body).toMatchObject([
    {
      id,
      subject: SQUAD_CHANGED.subject,
      code: 'HANDLER_FAILED',
      error: 'cannot bear it',
      attempts: 10,
      state: 'open',
    },
  ]);
  expect(text).not.toContain('private');
});

it('replays one whose cause is mended, once', async () => {
  const id = await letter('juniors');
  const { body } = await ask('post', `/${id}/replay`).expect(201);
  expect(body).toMatchObject({ id, state: 'replayed' });
  expect(await heard()).toEqual([{ name: 'juniors' }]);
  await ask('post', `/${id}/replay`).expect(404);
  expect(await heard()).toHaveLength(1);
  expect((await ask('get', '')).body).toEqual([]);
  expect((await ask('get', '?state=replayed')).body).toMatchObject([{ id }]);
});

it('keeps one that fails again, and takes back what its handler did', async () => {
  const id = await letter('poison');
  const { body } = await ask('post', `/${id}/replay`).expect(409);
  expect(body).toMatchObject({ code: 'REPLAY_FAILED' });
  expect(body.detail).toContain('cannot bear it');
  expect(await app.get(DataSource).query('SELECT FROM squads')).toEqual([]);
  expect((await ask('get', '')).body).toMatchObject([{ id, state: 'open' }]);
});

it('keeps one that is no event, and says so', async () => {
  const id = await letter('', Buffer.from('hello'));
  const { body } = await ask('post', `/${id}/replay`).expect(409);
  expect(body.detail).toContain('the message is no event of ours');
});

it('discards what will never be handled', async () => {
  const id = await letter('poison');
  await ask('post', `/${id}/discard`).expect(201);
  expect((await ask('get', '')).body).toEqual([]);
  await ask('post', `/${id}/discard`).expect(404);
});

it.each(['?state=lost', '?limit=0', '?limit=many', '?colour=red'])('refuses %s', (query) =>
  ask('get', query).expect(400),
);

it('is for operators alone', async () => {
  const http = request(app.getHttpServer());
  const path = '/operations/dead-letters';
  expect((await http.get(path).expect(401)).body).toMatchObject({ code: 'NOT_AN_OPERATOR' });
  await http.get(path).set('authorization', 'Bearer a token for somebody').expect(401);
});

it('is closed where no token was set', async () => {
  const closed = await start();
  try {
    const response = await request(closed.getHttpServer())
      .get('/operations/dead-letters')
      .set('authorization', 'Bearer undefined')
      .expect(503);
    expect(response.body).toMatchObject({ code: 'OPERATIONS_DISABLED' });
  } finally {
    await closed.close();
  }
});
