/**
 * The clients of one trial, old and new, over all processes that it needs for them: their ledger and their logs are only told
 * when a process ends, and a trial that verifies in its middle goes on with another one.
 */
import {
  NEW_CLIENTS,
  OLD_CLIENTS,
  startClients,
  type ClientGroup,
  type Clients,
  type DatabaseUrls,
  type LedgerRow,
  type LoadOptions,
  type RequestLog,
} from '@hockey-hub/conversion-clients';

export class ClientsOfTrial {
  /** Of the processes that have ended, in their order. */
  readonly logs: RequestLog[] = [];
  private readonly ledger = new Map<string, LedgerRow>();
  private process?: Clients;

  constructor(
    private readonly urls: DatabaseUrls,
    private readonly load: LoadOptions,
  ) {}

  /** What all of them wrote; who wrote a row last knows it. Without those that are still at work. */
  get written(): readonly LedgerRow[] {
    return [...this.ledger.values()];
  }

  /** Undefined while nobody is there. */
  get running(): Clients | undefined {
    return this.process;
  }

  beginOld = (): Promise<void> => this.begin(OLD_CLIENTS);
  beginNew = (): Promise<void> => this.begin(NEW_CLIENTS);
  endOld = async (): Promise<void> => this.process?.end(OLD_CLIENTS);
  endNew = async (): Promise<void> => this.process?.end(NEW_CLIENTS);

  /** Does nothing where these clients are not there. */
  async end(group: ClientGroup): Promise<void> {
    await this.process?.end(group);
  }

  /** When the last answer has come; adds to `logs` and `written`. @throws ConversionClientsError CLIENTS_FAILED */
  async stop(): Promise<void> {
    const { log, written } = (await this.process?.stop()) ?? {};
    this.process = undefined;
    if (log) this.logs.push(log);
    for (const row of written ?? []) this.ledger.set(`${row.table} ${row.key}`, row);
  }

  /** What they saw is lost; for when something else has failed anyway. */
  async kill(): Promise<void> {
    await this.process?.kill();
    this.process = undefined;
  }

  /** For a trial with other clients than all the old and all the new. */
  async begin(group: ClientGroup): Promise<void> {
    this.process ??= await startClients(this.urls, {
      ...this.load,
      // Each process draws other requests.
      seed: this.load.seed + this.logs.length,
    });
    await this.process.begin(group);
  }
}
