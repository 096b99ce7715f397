import { Test, type TestingModule } from '@nestjs/testing';
import { DiscoveryModule } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { createDataSource } from '../database/data-source';
import { createLogger } from '../http/logger';
import { NestLogger } from '../http/nest-logger';
import { createMigratedDatabase, testDatabaseConfig, type TestDatabase } from '../testing';
import { CommandHandlers, type RegisteredCommand } from './command-handlers';
import { CommandPostponed, CommandRefusal } from './command-errors';
import type { CommandMessage } from './command-message';
import { CommandProcessor } from './command-processor';
import { COMMAND_MEMORY_MS, forgetProcessedCommands } from './command-retention';
import { CommandOutcome, ProcessedCommand } from './processed-command.entity';
import { Locker } from './specimen/locker.entity';
import { lockerDatabase } from './specimen/locker-database';
import { RETURN_PUCKS, TAKE_PUCKS } from './specimen/puck-commands';
import { TakePucksHandler } from './specimen/take-pucks.handler';

let database: TestDatabase;
let dataSource: DataSource;
let testing: TestingModule;
let processor: CommandProcessor;
let handler: TakePucksHandler;
let take: RegisteredCommand;
let giveBack: RegisteredCommand;

beforeAll(async () => {
  database = await createMigratedDatabase(lockerDatabase);
  dataSource = await createDataSource({
    ...lockerDatabase,
    config: { ...testDatabaseConfig(database.url), poolSize: 10 },
  }).initialize();
  testing = await Test.createTestingModule({
    imports: [DiscoveryModule],
    providers: [
      CommandHandlers,
      CommandProcessor,
      TakePucksHandler,
      { provide: DataSource, useValue: dataSource },
    ],
  })
    .setLogger(new NestLogger(createLogger({ service: 'locker-a', level: 'silent' })))
    .compile();
  processor = testing.get(CommandProcessor);
  handler = testing.get(TakePucksHandler);
  const registered = testing.get(CommandHandlers).of('locker-a');
  take = registered.find(({ contract }) => contract === TAKE_PUCKS)!;
  giveBack = registered.find(({ contract }) => contract === RETURN_PUCKS)!;
});
afterAll(async () => {
  await testing?.close();
  await dataSource?.destroy();
  await database?.drop();
});
beforeEach(async () => {
  handler.onAttempt = () => Promise.resolve();
  await dataSource.getRepository(ProcessedCommand).clear();
  await dataSource.getRepository(Locker).clear();
  await dataSource.getRepository(Locker).insert({ name: 'home', pucks: 10 });
});

function message(fields: Partial<CommandMessage> = {}): CommandMessage {
  return {
    ...{
      key: 'k',
      request: { locker: 'home', count: 3 },
      firstSentAt: new Date().toISOString(),
      timeoutMs: 1_000,
    },
    ...fields,
  };
}
const pucks = async () => (await dataSource.getRepository(Locker).findOneByOrFail({ name: 'home' })).pucks;
const record = (key = 'k') => dataSource.getRepository(ProcessedCommand).findOneBy({ key });

it('does a command, and remembers what it answered', async () => {
  const answer = await processor.process(take, message());
  expect(answer).toEqual({ outcome: 'done', reply: { lockerId: expect.any(String), left: 7 } });
  expect(await record()).toMatchObject({ name: 'take-pucks', outcome: 'done', reply: { left: 7 } });
  expect(await pucks()).toBe(7);
});

it('does it once when it is delivered twenty times at once', async () => {
  let attempts = 0;
  handler.onAttempt = () => Promise.resolve(void attempts++);
  const answers = await Promise.all(Array.from({ length: 20 }, () => processor.process(take, message())));
  const done = { outcome: 'done', reply: { lockerId: expect.any(String), left: 7 } };
  expect(answers).toEqual(Array.from({ length: 20 }, () => done));
  expect(attempts).toBe(1);
  expect(await pucks()).toBe(7);
});

it('takes the effect of a refused command back, and refuses it again without deciding again', async () => {
  const refused = { outcome: 'refused', code: 'TOO_FEW_PUCKS', message: 'home has too few pucks' };
  const tooMany = message({ request: { locker: 'home', count: 11 } });
  expect(await processor.process(take, tooMany)).toEqual(refused);
  await dataSource.getRepository(Locker).update({ name: 'home' }, { pucks: 100 });
  expect(await processor.process(take, tooMany)).toEqual(refused);
  expect(await pucks()).toBe(100);
});

it('a refusal after the effect leaves nothing of it', async () => {
  handler.onAttempt = () => Promise.reject(new CommandRefusal('CLOSED', 'the rink is closed'));
  expect(await processor.process(take, message())).toMatchObject({ outcome: 'refused', code: 'CLOSED' });
  expect(await pucks()).toBe(10);
});

it('a handler that fails leaves nothing, and may be tried again', async () => {
  handler.onAttempt = () => Promise.reject(new Error('password=secret'));
  const failed = await processor.process(take, message());
  expect(failed).toEqual({ outcome: 'failed', message: 'take-pucks failed in locker-a; its log says why' });
  expect(await record()).toBeNull();
  expect(await pucks()).toBe(10);
  handler.onAttempt = () => Promise.resolve();
  expect(await processor.process(take, message())).toMatchObject({ outcome: 'done' });
});

it('a handler that cannot decide yet says why', async () => {
  handler.onAttempt = () => Promise.reject(new CommandPostponed('home is not known here yet'));
  expect(await processor.process(take, message())).toEqual({
    ...{ outcome: 'failed', message: 'home is not known here yet' },
  });
  expect(await record()).toBeNull();
  expect(await pucks()).toBe(10);
});

it('refuses a key that was used for something else', async () => {
  await processor.process(take, message());
  const other = await processor.process(take, message({ request: { locker: 'home', count: 4 } }));
  expect(other).toMatchObject({ outcome: 'error', code: 'COMMAND_KEY_REUSED' });
  expect(await processor.process(giveBack, message({ undoes: { key: 'x', wasDone: false } }))).toMatchObject({
    code: 'COMMAND_KEY_REUSED',
  });
  const sameInAnotherOrder = message({ request: { count: 3, locker: 'home' } });
  expect(await processor.process(take, sameInAnotherOrder)).toMatchObject({ outcome: 'done' });
  expect(await pucks()).toBe(7);
});

it('refuses a request that the contract does not allow, without repeating it', async () => {
  const answer = await processor.process(take, message({ request: { locker: 'home', count: 'secret' } }));
  expect(answer).toEqual({
    outcome: 'error',
    code: 'COMMAND_REQUEST_INVALID',
    message: expect.stringMatching(/^take-pucks: count breaks (isPositive|isInt)/),
  });
  expect(await record()).toBeNull();
});

it('refuses what is so old that its record may be gone, but still answers what it remembers', async () => {
  const firstSentAt = new Date(Date.now() - COMMAND_MEMORY_MS).toISOString();
  expect(await processor.process(take, message({ firstSentAt }))).toMatchObject({ code: 'COMMAND_EXPIRED' });
  await processor.process(take, message());
  expect(await processor.process(take, message({ firstSentAt }))).toMatchObject({ outcome: 'done' });
});

describe('taking back', () => {
  const undo = (fields: Partial<CommandMessage['undoes']> = {}) =>
    message({ key: 'k/undo', undoes: { key: 'k', wasDone: false, ...fields } });

  it('what was done, by what it answered', async () => {
    await processor.process(take, message());
    expect(await processor.process(giveBack, undo())).toEqual({ outcome: 'done' });
    expect(await processor.process(giveBack, undo())).toEqual({ outcome: 'done' });
    expect(await pucks()).toBe(10);
  });

  it('what was refused is nothing', async () => {
    await processor.process(take, message({ request: { locker: 'home', count: 11 } }));
    expect(await processor.process(giveBack, undo())).toEqual({ outcome: 'nothing-to-undo' });
    expect(await pucks()).toBe(10);
  });

  it('what never came is nothing, and is refused when it comes after all', async () => {
    expect(await processor.process(giveBack, undo())).toEqual({ outcome: 'nothing-to-undo' });
    expect(await record()).toMatchObject({ outcome: CommandOutcome.Withdrawn });
    expect(await processor.process(take, message())).toMatchObject({
      ...{ outcome: 'refused', code: 'COMMAND_WITHDRAWN' },
    });
    expect(await processor.process(giveBack, undo())).toEqual({ outcome: 'nothing-to-undo' });
    expect(await pucks()).toBe(10);
  });

  it('never loses the race with what it takes back', async () => {
    for (let round = 0; round < 20; round++) {
      const key = `race-${round}`;
      const undoes = { key, wasDone: false };
      await Promise.all([
        processor.process(take, message({ key })),
        processor.process(giveBack, message({ key: `${key}/undo`, undoes })),
      ]);
      expect(await pucks()).toBe(10);
    }
  });

  it('believes a sender that knows the answer, though the record is gone', async () => {
    const done = await processor.process(take, message());
    await dataSource.getRepository(ProcessedCommand).clear();
    const reply = (done as { reply: object }).reply;
    expect(await processor.process(giveBack, undo({ wasDone: true, reply }))).toEqual({ outcome: 'done' });
    expect(await pucks()).toBe(10);
  });
});

it('forgets answers after thirty days', async () => {
  await processor.process(take, message());
  await processor.process(take, message({ key: 'old' }));
  await dataSource.query(
    `UPDATE "processed_commands" SET "processed_at" = now() - interval '30 days 1 second' WHERE "key" = 'old'`,
  );
  expect(await forgetProcessedCommands(dataSource.manager)).toBe(1);
  expect(await forgetProcessedCommands(dataSource.manager)).toBe(0);
  expect(await record('old')).toBeNull();
  expect(await record()).not.toBeNull();
});
