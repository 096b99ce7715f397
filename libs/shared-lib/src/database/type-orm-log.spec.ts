import { Logger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { createLogger } from '../http/logger';
import { NestLogger } from '../http/nest-logger';
import { TypeOrmLog } from './type-orm-log';

const lines: Record<string, unknown>[] = [];

beforeAll(() => {
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  Logger.overrideLogger(new NestLogger(createLogger({ service: 'user-service', level: 'trace' }, stream)));
});

afterAll(() => Logger.overrideLogger(false));

it('writes to the log of the service, and never what a query was given', () => {
  const log = new TypeOrmLog();
  const query = 'SELECT $1';
  log.logQuery(query);
  log.logQueryError(new QueryFailedError(query, ['hush'], new Error('refused')), query);
  log.logQuerySlow(1234, query);
  log.log('warn', 'pool error');
  expect(lines).toEqual([
    expect.objectContaining({ level: 'trace', context: 'TypeORM', msg: query }),
    expect.objectContaining({ level: 'debug', msg: 'query failed' }),
    expect.objectContaining({ level: 'warn', msg: 'slow query', data: [{ durationMs: 1234, query }] }),
    expect.objectContaining({ level: 'warn', msg: 'pool error' }),
  ]);
  expect(JSON.stringify(lines)).not.toContain('hush');
});
