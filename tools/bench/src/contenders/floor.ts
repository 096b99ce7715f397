/**
 * The floor: what any tool that runs these migrations has to spend. One connection per database, one database after
 * the other, the statements the migrations send, one by one, each migration in a transaction. No history, no lock.
 */
import { Client } from 'pg';
import type { Contender, ContenderContext, Timing } from './contender';
import { databaseUrlOf } from '../databases';
import { BenchError } from '../errors';
import type { RecordedService } from '../record-services';

/** Sends what was recorded. */
export function floor({ serverUrl }: ContenderContext, recorded: readonly RecordedService[]): Contender {
  return {
    name: 'floor',
    run: () =>
      inTurn(serverUrl, recorded, async (client, { migrations }) => {
        for (const { statements } of migrations) {
          await client.query('BEGIN');
          for (const statement of statements) await client.query(statement);
          await client.query('COMMIT');
        }
      }),
  };
}

/** The least there is to do when nothing is pending: ask each database what was applied. */
export function floorWithNothingPending(
  { serverUrl }: ContenderContext,
  recorded: readonly RecordedService[],
): Contender {
  return {
    name: 'floor',
    run: async () => {
      const { wallMs } = await inTurn(serverUrl, recorded, async (client) => {
        await client.query('SELECT name FROM public.migrations ORDER BY id');
      });
      return { wallMs };
    },
  };
}

async function inTurn(
  serverUrl: string,
  services: readonly RecordedService[],
  work: (client: Client, service: RecordedService) => Promise<void>,
): Promise<Required<Timing>> {
  let applyingMs = 0;
  const startedAt = performance.now();
  for (const service of services) {
    const client = new Client({ connectionString: databaseUrlOf(service.service, serverUrl) });
    await client.connect();
    try {
      const workStartedAt = performance.now();
      await work(client, service);
      applyingMs += performance.now() - workStartedAt;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new BenchError('CONTENDER_FAILED', `the floor failed in ${service.service}: ${reason}`, {
        cause: error,
      });
    } finally {
      await client.end();
    }
  }
  return { wallMs: performance.now() - startedAt, applyingMs };
}
