/** The processes that carry an id map by events, and their NATS server: started, killed and started again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ManagedProcess, type UnaskedEnd } from '@hockey-hub/child-processes';
import { startTemporaryNats, type TemporaryNats } from '@hockey-hub/dev-services';
import { databaseUrlVariableOf } from '@hockey-hub/shared-lib/src/database/database-url';
import { SERVICES } from '@hockey-hub/migrator/src/testing/legacy-club';
import { WORKSPACE_ROOT } from '../../config';
import type { ServiceKillKind } from '../schedule/kills';

const PROCESSES = [
  { name: 'owner', env: { OUTBOX_RELAY: 'off' } },
  { name: 'relay', env: {} },
  { name: 'follower', env: {} },
] as const;

export class IdMapServices {
  private constructor(
    private readonly nats: TemporaryNats,
    private readonly folder: string,
    private readonly processes: ReadonlyMap<string, ManagedProcess>,
  ) {}

  /**
   * They find their databases when they are there.
   * @param urlOf the database of a service, with messaging tables
   * @throws DevServicesError
   */
  static async start(urlOf: (service: string) => string): Promise<IdMapServices> {
    const nats = await startTemporaryNats();
    const folder = await mkdtemp(join(tmpdir(), 'hockey-hub-crash-'));
    const databases = SERVICES.map((service) => [databaseUrlVariableOf(service), urlOf(service)]);
    const env = { ...Object.fromEntries(databases), NATS_URL: nats.url, PORT: '0' } as Record<string, string>;
    // A supervisor starts a process again that ends because a server is not there: that is its right.
    const onUnaskedEnd = (_end: UnaskedEnd): void => undefined;
    const processes = new Map(
      PROCESSES.map((plan) => {
        const main = relative(WORKSPACE_ROOT, join(__dirname, `${plan.name}-process.ts`));
        return [plan.name, new ManagedProcess({ ...plan, main }, env, folder, onUnaskedEnd)] as const;
      }),
    );
    for (const process of processes.values()) process.start();
    return new IdMapServices(nats, folder, processes);
  }

  /** Kills it and starts it again; resolves when a server answers, and when a process was started. */
  async strike(kind: ServiceKillKind): Promise<void> {
    if (kind === 'nats' || kind === 'nats-store') {
      await this.nats.kill();
      if (kind === 'nats-store') await this.nats.loseStore();
      await this.nats.restart();
      return;
    }
    const process = this.processes.get(kind)!;
    await process.kill();
    process.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.processes.values()].map((process) => process.dispose()));
    await this.nats.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
