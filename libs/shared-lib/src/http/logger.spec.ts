import { QueryFailedError } from 'typeorm';
import { createLogger } from './logger';
import { NestLogger } from './nest-logger';

function logTo(level: 'info' | 'trace' = 'info') {
  const lines: Record<string, unknown>[] = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { lines, logger: createLogger({ service: 'user-service', level }, stream) };
}

it('writes one JSON object a line, with the service and a readable level and time', () => {
  const { lines, logger } = logTo();
  logger.info({ teamId: 7 }, 'team made');
  logger.debug('too fine');
  expect(lines).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      service: 'user-service',
      pid: process.pid,
      teamId: 7,
      msg: 'team made',
    },
  ]);
});

it('shows of a failed query what it was, not what was in it', () => {
  const { lines, logger } = logTo();
  const driverError = Object.assign(new Error('duplicate key'), {
    code: '23505',
    constraint: 'uq_users_email',
    detail: 'hush-1',
  });
  logger.error(
    { err: new QueryFailedError('INSERT INTO users VALUES ($1)', ['hush-2'], driverError) },
    'failed',
  );
  expect(lines[0]).toMatchObject({
    err: {
      type: 'QueryFailedError',
      message: 'duplicate key',
      code: '23505',
      constraint: 'uq_users_email',
      query: 'INSERT INTO users VALUES ($1)',
    },
  });
  expect(JSON.stringify(lines)).not.toContain('hush');
});

describe("Nest's logger", () => {
  it('keeps levels and the class that logs', () => {
    const { lines, logger } = logTo('trace');
    const nest = new NestLogger(logger);
    for (const level of ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'] as const)
      nest[level]('said', 'TeamService');
    expect(lines.map(({ level, context, msg }) => [level, context, msg])).toEqual(
      ['info', 'error', 'warn', 'debug', 'trace', 'fatal'].map((level) => [level, 'TeamService', 'said']),
    );
  });

  it.each([
    ['an error after the message', ['it broke', new TypeError('cause'), 'TeamService']],
    ['an error as the message', [new TypeError('cause'), 'TeamService']],
  ])('shows %s', (_what, [message, ...rest]) => {
    const { lines, logger } = logTo();
    new NestLogger(logger).error(message, ...rest);
    expect(lines[0]).toMatchObject({ context: 'TeamService', err: { type: 'TypeError', message: 'cause' } });
  });

  it('shows a stack that is given as text, and objects', () => {
    const { lines, logger } = logTo();
    const nest = new NestLogger(logger);
    nest.error('it broke', 'Error: it broke\n    at x', 'TeamService');
    nest.log({ teams: 2 }, 'TeamService');
    expect(lines[0]).toMatchObject({
      msg: 'it broke',
      stack: 'Error: it broke\n    at x',
      context: 'TeamService',
    });
    expect(lines[1]).toMatchObject({ message: { teams: 2 }, context: 'TeamService' });
  });
});
