/** The Postgres of a crash test: killed with all its sessions, started again, and the times in between. */
import { nowMs, type Period } from '@hockey-hub/conversion-clients';
import {
  KILLABLE_SETTINGS,
  startTemporaryPostgres,
  type PostgresMajor,
  type TemporaryPostgres,
} from '@hockey-hub/dev-services';

export class KillableServer {
  /** From the kill until it accepts connections again. */
  readonly outages: Period[] = [];

  private constructor(private readonly postgres: TemporaryPostgres) {}

  /** @throws DevServicesError */
  static async start(major?: PostgresMajor): Promise<KillableServer> {
    return new KillableServer(
      await startTemporaryPostgres({ ...(major && { major }), settings: KILLABLE_SETTINGS }),
    );
  }

  get url(): string {
    return this.postgres.url;
  }

  /** Resolves when it accepts connections again. */
  async crash(): Promise<void> {
    const fromMs = nowMs();
    await this.postgres.kill();
    // Sessions that outlive the postmaster are killed as well, before it starts.
    await this.postgres.restart();
    this.outages.push({ fromMs, toMs: nowMs() });
  }

  stop(): Promise<void> {
    return this.postgres.stop();
  }
}
