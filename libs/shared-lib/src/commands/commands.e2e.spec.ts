import { Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { connect, type NatsConnection } from 'nats';
import { DataSource } from 'typeorm';
import { DatabaseModule } from '../database/database.module';
import { connectionOptions } from '../nats/connection-options';
import { NatsModule } from '../nats/nats.module';
import { createMigratedDatabase, createTestApp, useNats, type TestDatabase } from '../testing';
import { CommandClient } from './command-client';
import { defineCommand } from './command-contract';
import { CommandsModule } from './commands.module';
import { lockerDatabase } from './specimen/locker-database';
import { Locker } from './specimen/locker.entity';
import { MovedPucks, Pucks, RETURN_PUCKS, TAKE_PUCKS } from './specimen/puck-commands';
import { TakePucksHandler } from './specimen/take-pucks.handler';

// Applications are begun, on a machine that may run other tests.
jest.setTimeout(60_000);

@Module({
  imports: [
    DatabaseModule.forService(lockerDatabase),
    NatsModule.forService('locker-a'),
    CommandsModule.forService('locker-a'),
  ],
  providers: [TakePucksHandler],
})
class LockerModule {}

const nats = useNats();
let database: TestDatabase;
let replicas: NestExpressApplication[];
let client: CommandClient;
let wire: NatsConnection;

beforeAll(async () => {
  database = await createMigratedDatabase(lockerDatabase);
  const start = () => createTestApp(LockerModule, { database, nats: nats(), service: 'locker-a' });
  replicas = await Promise.all([start(), start()]);
  client = replicas[0]!.get(CommandClient);
  wire = await connect(connectionOptions(nats().url, 'test'));
});
afterAll(async () => {
  await wire?.close();
  await Promise.all((replicas ?? []).map((app) => app.close()));
  await database?.drop();
});
beforeEach(async () => {
  for (const app of replicas) app.get(TakePucksHandler).onAttempt = () => Promise.resolve();
  const lockers = replicas[0]!.get(DataSource).getRepository(Locker);
  await lockers.clear();
  await lockers.insert({ name: 'home', pucks: 10 });
});

const pucks = async () =>
  (await replicas[0]!.get(DataSource).getRepository(Locker).findOneByOrFail({ name: 'home' })).pucks;
const take = (key: string, count = 3, timeoutMs?: number) =>
  client.send(TAKE_PUCKS, { locker: 'home', count }, { key, timeoutMs });

/** As `take`, again and again until there is an answer. */
async function takenAtLast(key: string): Promise<MovedPucks> {
  for (;;) {
    try {
      return await take(key);
    } catch (error) {
      expect(error).toMatchObject({ name: 'CommandUnanswered' });
    }
  }
}

it('is answered by one of the replicas, in the classes of the contract', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, () => take('one')));
  expect(replies.every(({ left }) => left === 7)).toBe(true);
  expect(await pucks()).toBe(7);
});

it('tells a refusal, which is final, from a failure, which is not', async () => {
  await expect(take('refused', 11)).rejects.toMatchObject({ name: 'CommandRefused', code: 'TOO_FEW_PUCKS' });
  for (const app of replicas) {
    app.get(TakePucksHandler).onAttempt = () => Promise.reject(new Error('password=secret'));
  }
  const failed = {
    name: 'CommandUnanswered',
    reason: 'failed',
    message: expect.not.stringContaining('secret'),
  };
  await expect(take('failed')).rejects.toMatchObject(failed);
  expect(await pucks()).toBe(10);
});

it('may be sent again when the answer came too late: it is done once', async () => {
  let letGo = () => undefined as void;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  for (const app of replicas) app.get(TakePucksHandler).onAttempt = () => held;
  await expect(take('late', 3, 200)).rejects.toMatchObject({ reason: 'timeout' });
  const again = take('late');
  letGo();
  expect(await again).toMatchObject({ left: 7 });
  expect(await pucks()).toBe(7);
});

it('is taken back', async () => {
  await take('undone');
  const undo = (key: string) =>
    client.undo(
      RETURN_PUCKS,
      { locker: 'home', count: 3 },
      { key: `${key}/undo`, undoes: { key, wasDone: false } },
    );
  expect(await undo('undone')).toBe('undone');
  expect(await undo('never')).toBe('nothing-to-undo');
  await expect(take('never')).rejects.toMatchObject({ code: 'COMMAND_WITHDRAWN' });
  expect(await pucks()).toBe(10);
});

it('says that nobody listens', async () => {
  const unheard = defineCommand({ service: 'locker-b', name: 'take-pucks', request: Pucks });
  await expect(client.send(unheard, { locker: 'x', count: 1 }, { key: 'k' })).rejects.toMatchObject({
    ...{ name: 'CommandUnanswered', reason: 'no-responders' },
    message: 'nobody answers take-pucks: is locker-b running?',
  });
});

it('refuses to send what could not be accepted', async () => {
  await expect(take('invalid', -1)).rejects.toMatchObject({ code: 'COMMAND_REQUEST_INVALID' });
  await expect(take('')).rejects.toMatchObject({ code: 'COMMAND_KEY_INVALID' });
  await expect(take('k'.repeat(201))).rejects.toMatchObject({ code: 'COMMAND_KEY_INVALID' });
});

it.each([
  ['no JSON', 'pucks!'],
  ['no command', '{"key":""}'],
])('answers a message that is %s, and goes on', async (_what, text) => {
  const answer = await wire.request(TAKE_PUCKS.subject, text, { timeout: 5_000 });
  expect(answer.json()).toMatchObject({ outcome: 'error', code: 'COMMAND_MALFORMED' });
  expect(await take(`after ${text}`)).toMatchObject({ left: 7 });
});

it('works again when NATS was killed and came back', async () => {
  await nats().kill();
  const attempt = take('away', 3, 300);
  await expect(attempt).rejects.toMatchObject({ name: 'CommandUnanswered' });
  await nats().restart();
  expect(await takenAtLast('away')).toMatchObject({ left: 7 });
  expect(await pucks()).toBe(7);
});

it('ends while NATS is away', async () => {
  const app = await createTestApp(LockerModule, { database, nats: nats(), service: 'locker-a' });
  const command = { locker: 'home', count: 1 };
  await app.get(CommandClient).send(TAKE_PUCKS, command, { key: 'while NATS is there' });
  await nats().kill();
  await app.close();
  await nats().restart();
  await takenAtLast('NATS is there again');
});

it('finishes and answers what it began before it goes', async () => {
  let begun = () => undefined as void;
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  let letGo = () => undefined as void;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  for (const app of replicas) {
    app.get(TakePucksHandler).onAttempt = () => {
      begun();
      return held;
    };
  }
  // The one there was may not have noticed yet that NATS is back.
  await wire.close();
  wire = await connect(connectionOptions(nats().url, 'test'));
  const answer = wire.request(
    TAKE_PUCKS.subject,
    JSON.stringify({
      ...{ key: 'leaving', request: { locker: 'home', count: 3 } },
      ...{ firstSentAt: new Date().toISOString(), timeoutMs: 5_000 },
    }),
    { timeout: 5_000 },
  );
  // An answer before it has begun would be a failure, which is told by what follows.
  await Promise.race([hasBegun, answer]);
  const closed = Promise.all(replicas.splice(0).map((app) => app.close()));
  letGo();
  expect((await answer).json()).toMatchObject({ outcome: 'done', reply: { left: 7 } });
  await closed;
});
