import type { INestApplication } from '@nestjs/common';
import type { Server } from 'node:http';
import type { Logger } from 'pino';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** What modules get to let go of (the database, mostly) once the last requests are cut off. */
const LAST_GRACE_MS = 1_000;

/** What the last words get where nothing of the time is left. */
const LAST_WORDS_MS = 500;

/**
 * Ends the application at the first SIGTERM or SIGINT: no new connections, running requests may finish within
 * `timeoutMs`, then they are cut off; the database is disconnected last. The process ends by itself, with status 0, once
 * nothing is left to do; what still hangs after the cut is ended by the same signal, as is everything at a second one.
 *
 * @param lastWords what there is to do after all of it, in no more than the given number of milliseconds
 */
export function shutDownGracefully(
  app: INestApplication<Server>,
  logger: Logger,
  timeoutMs: number,
  lastWords: (timeoutMs: number) => Promise<void>,
): void {
  const shutDown = (signal: NodeJS.Signals): void => {
    for (const each of SIGNALS) process.removeListener(each, shutDown);
    logger.info({ signal, timeoutMs }, 'shutting down');
    // Never cleared: a module that leaves something running would keep the process for ever.
    setTimeout(() => cutOff(app, logger, signal), timeoutMs).unref();
    const endsAt = performance.now() + timeoutMs;
    const sayLastWords = () => lastWords(Math.max(endsAt - performance.now(), LAST_WORDS_MS));
    close(app)
      .finally(sayLastWords)
      .then(
        () => logger.info('shut down'),
        (error: unknown) => {
          logger.error({ err: error }, 'shutting down failed');
          process.exitCode = 1;
        },
      );
  };
  for (const signal of SIGNALS) process.on(signal, shutDown);
}

async function close(app: INestApplication<Server>): Promise<void> {
  // A connection that has answered its last request is of no use any more, though its client would keep it.
  app.getHttpServer().keepAliveTimeout = 1;
  await app.close();
}

function cutOff(app: INestApplication<Server>, logger: Logger, signal: NodeJS.Signals): void {
  logger.warn('what was still running is cut off');
  app.getHttpServer().closeAllConnections();
  // The listeners are gone, so the signal now does what it does to any process.
  setTimeout(() => process.kill(process.pid, signal), LAST_GRACE_MS).unref();
}
