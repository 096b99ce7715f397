/**
 * The room `order` owns conversions that take days and go service by service: what may come before what, and what the code of each
 * service, old and new, sees of every state in between. It does not own the conversion or the clients (`trial`).
 *
 * Here: two services on a server of their own, each with its code, and what happens to them: a migration, a deployment, and days.
 */
import { startTemporaryPostgres, type TemporaryPostgres } from '@hockey-hub/dev-services';
import { testPostgresMajor } from '@hockey-hub/dev-services/src/testing/test-database.config';
import { verifyRows, type VerifiedTable } from '@hockey-hub/conversion-clients';
import type { LegacyService } from '@hockey-hub/legacy-clubs';
import { idMapOf } from '@hockey-hub/migrator/src/conversion/names';
import { SERVICES } from '@hockey-hub/migrator/src/testing/legacy-club';
import { clientsWrote } from '../trial/clients-wrote';
import { ConversionTrial } from '../trial/conversion-trial';
import type { PhaseName } from '../trial/phases';
import { codeOf, DATABASE_OF, type CodeVersion } from './code-of-services';

/** A process that boots looks for its users; a rolling deployment has both for a while. */
const REQUESTS_OF_A_DEPLOYMENT = 30;

export class PlatformOverDays {
  private readonly code: Record<LegacyService, CodeVersion> = {
    'user-service': 'old',
    'training-service': 'old',
  };

  private constructor(
    private readonly server: TemporaryPostgres,
    readonly trial: ConversionTrial,
  ) {}

  /** With the old code of both services at work. */
  static async start(): Promise<PlatformOverDays> {
    const server = await startTemporaryPostgres({ major: testPostgresMajor() });
    try {
      const trial = await ConversionTrial.start({
        users: 200,
        seed: 23,
        serverUrl: server.url,
        perSecond: 60,
      });
      const platform = new PlatformOverDays(server, trial);
      await platform.boot();
      return platform;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** One phase of one service, with everybody at work. */
  async migrate(service: LegacyService, phase: PhaseName): Promise<void> {
    await this.trial.run(phase, { service });
    await clientsWrote(this.trial);
  }

  /** One after the other, as a rolling deployment does it: for a moment both versions are there. */
  async deploy(service: LegacyService, version: CodeVersion): Promise<void> {
    const before = codeOf(service, this.code[service]);
    await this.trial.clients.begin(codeOf(service, version));
    this.code[service] = version;
    await clientsWrote(this.trial, REQUESTS_OF_A_DEPLOYMENT);
    await this.trial.clients.end(before);
    await clientsWrote(this.trial, REQUESTS_OF_A_DEPLOYMENT);
  }

  /**
   * Every session ends, tables are vacuumed and analyzed, the server is restarted, and every session is a new one. In between all rows
   * are compared.
   * @throws ConversionClientsError ROWS_DIFFER
   */
  async daysPass(): Promise<VerifiedTable[]> {
    const { trial, server } = this;
    await trial.clients.stop();
    for (const service of SERVICES) await trial.workspace.query(service, 'VACUUM (ANALYZE)');
    await server.restart();
    const verified = await this.verify();
    await this.boot();
    return verified;
  }

  /** What the clients of all days saw, beyond answers. */
  errorsSeen(): readonly string[] {
    return this.trial.clients.logs.flatMap(({ messages }) => Object.values(messages));
  }

  async end(): Promise<void> {
    try {
      await this.trial.end();
    } finally {
      await this.server.stop();
    }
  }

  private async boot(): Promise<void> {
    for (const service of SERVICES) await this.trial.clients.begin(codeOf(service, this.code[service]));
    await clientsWrote(this.trial);
  }

  /** Each database in the shape that it has by now. */
  private async verify(): Promise<VerifiedTable[]> {
    const { urls: after, before, clients } = this.trial;
    const applied = await this.trial.applied();
    const shapeOf = (service: LegacyService) =>
      applied[service].includes('SwitchPrimaryKeys') ? 'uuid' : 'numeric';
    const withMaps = SERVICES.filter((service) => applied[service].length > 0);
    return verifyRows({
      ...{ before, after, written: clients.written },
      shape: { user: shapeOf('user-service'), training: shapeOf('training-service') },
      idMap: Object.fromEntries(withMaps.map((service) => [DATABASE_OF[service], idMapOf('users')])),
    });
  }
}
