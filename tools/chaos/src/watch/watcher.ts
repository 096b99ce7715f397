/** Looks at the services' databases every half second: how much is on its way, and whether the platform has become quiet. */
import { SERVICES, type ServiceName } from '../world/topology';
import type { World } from '../world/world';
import { pause } from '../writers/writer';
import type { Sample } from './backlog';
import { withDatabase } from './with-database';

const LOOK_EVERY_MS = 500;

const LOOK = `
  SELECT (SELECT coalesce(max("position"), 0)::int FROM "chaos"."written") AS "newest",
         (SELECT min("position")::int FROM "outbox_events") AS "oldestUnconfirmed",
         (SELECT count(*)::int FROM "outbox_events") AS "unconfirmed",
         (SELECT count(*)::int FROM "inbox_events") AS "unprocessed",
         (SELECT count(*)::int FROM "pg_stat_activity" WHERE "datname" = current_database()
             AND "application_name" <> 'chaos' AND "xact_start" < clock_timestamp() - interval '1 second') AS "openLong"`;

interface Look {
  readonly newest: number;
  readonly oldestUnconfirmed: number | null;
  readonly unconfirmed: number;
  readonly unprocessed: number;
  /** Transactions that are older than a second. */
  readonly openLong: number;
}

export class Watcher {
  readonly samples: Sample[] = [];

  constructor(private readonly world: World) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await Promise.all(SERVICES.map((service) => this.look(service)));
      await pause(LOOK_EVERY_MS, signal);
    }
  }

  /** Events that are written and not confirmed by everybody, as far as is known. */
  get unconfirmed(): number {
    return SERVICES.map(
      (service) => this.samples.findLast((sample) => sample.service === service)?.unconfirmed ?? 0,
    ).reduce((sum, count) => sum + count, 0);
  }

  /** What still goes on; empty when nothing does. */
  async unrest(): Promise<string[]> {
    const looks = await Promise.all(
      SERVICES.map(async (service) => {
        const look = await this.look(service);
        if (!look) return [`${service}: its database does not answer`];
        return [
          ...told(service, look.unconfirmed, 'event(s) not confirmed by every subscriber'),
          ...told(service, look.unprocessed, 'received event(s) not processed'),
          ...told(service, look.openLong, 'transaction(s) open for more than a second'),
        ];
      }),
    );
    return looks.flat();
  }

  private async look(service: ServiceName): Promise<Look | undefined> {
    const asked = withDatabase(this.world.databaseUrl(service), (client) => client.query<Look>(LOOK));
    const [outcome] = await Promise.allSettled([asked]);
    // The database may be down on purpose.
    if (outcome.status === 'rejected') return undefined;
    const look = outcome.value.rows[0]!;
    const { newest, oldestUnconfirmed, unconfirmed } = look;
    const sample = {
      service,
      at: Date.now(),
      newest,
      oldestUnconfirmed: oldestUnconfirmed ?? undefined,
      unconfirmed,
    };
    this.samples.push(sample);
    return look;
  }
}

function told(service: ServiceName, count: number, what: string): string[] {
  return count === 0 ? [] : [`${service}: ${count} ${what}`];
}
