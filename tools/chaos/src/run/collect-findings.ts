/** When all is over: reads what there is, and hands it to the checks. */
import { Client } from 'pg';
import { checkDelivery } from '../checks/check-delivery';
import { checkLeftovers } from '../checks/check-leftovers';
import { checkOnceInOrder } from '../checks/check-once-in-order';
import { checkReadModel } from '../checks/check-read-models';
import { checkSagas } from '../checks/check-sagas';
import { checkWrites, type WriteCheck } from '../checks/check-writes';
import type { ReadModelEvidence, ServiceEvidence } from '../checks/evidence';
import type { Finding } from '../checks/finding';
import { ChaosError } from '../errors';
import { readEvidence } from '../evidence/read-evidence';
import { ownerOf, readModelsIn, readReadModel } from '../evidence/read-models';
import type { Provoked } from '../faults/provoked';
import { withConsequences } from '../ledger/consequences';
import { exchangesOf, historiesOf } from '../ledger/histories';
import { touchedBy, withSagaEffects, type ToldSaga } from '../ledger/saga-effects';
import type { Ledger } from '../ledger/ledger';
import { SERVICES } from '../world/topology';
import type { World } from '../world/world';
import { readSagas } from './read-sagas';
import { readShownRows } from './read-shown-rows';

export interface Collected {
  readonly findings: readonly Finding[];
  readonly settled: WriteCheck['settled'];
  readonly services: readonly ServiceEvidence[];
  readonly readModels: readonly ReadModelEvidence[];
  readonly sagas: readonly ToldSaga[];
}

export interface Traces {
  readonly world: World;
  readonly ledger: Ledger;
  readonly provoked: Provoked;
  readonly overTeamId: string;
}

/** A service that cannot be asked is a finding, and leaves nothing to check. */
export async function collectFindings(traces: Traces): Promise<Collected> {
  try {
    return await collect(traces);
  } catch (error) {
    if (!(error instanceof ChaosError) || error.code !== 'SERVICE_UNUSABLE') throw error;
    const finding: Finding = { promise: 'stayed-up', about: 'the end of the run', detail: error.message };
    const settled = { carriedOut: 0, notCarriedOut: 0 };
    return { findings: [finding], settled, services: [], readModels: [], sagas: [] };
  }
}

async function collect({ world, ledger, provoked, overTeamId }: Traces): Promise<Collected> {
  const shown = await readShownRows(world);
  const sagas = await readSagas(world);
  const exchanges = exchangesOf(ledger.read());
  const histories = historiesOf(withSagaEffects(exchanges, sagas));
  const writes = checkWrites(withConsequences(histories, touchedBy(sagas, overTeamId)), shown);
  const clients = new Map(
    SERVICES.map((service) => [
      service as string,
      new Client({ connectionString: world.databaseUrl(service) }),
    ]),
  );
  try {
    const services: ServiceEvidence[] = [];
    for (const [service, client] of clients) {
      await client.connect();
      services.push(await readEvidence(service, client));
    }
    const readModels = await readAllModels(clients);
    const findings = [
      ...writes.findings,
      ...checkDelivery(services, provoked.aggregateIds),
      ...checkOnceInOrder(services),
      ...checkLeftovers(services, provoked.messages),
      ...checkSagas({ exchanges, sagas, shown, readModels }),
      ...readModels.flatMap((model) => checkReadModel(model, countersOf(services, model))),
    ];
    return { findings, settled: writes.settled, services, readModels, sagas };
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
  }
}

async function readAllModels(clients: ReadonlyMap<string, Client>): Promise<ReadModelEvidence[]> {
  const models: ReadModelEvidence[] = [];
  for (const [listener, client] of clients) {
    for (const table of await readModelsIn(client)) {
      const owner = await ownerOf(table, listener, clients);
      models.push(await readReadModel({ listener, table, owner }, client, clients.get(owner)!));
    }
  }
  return models;
}

function countersOf(services: readonly ServiceEvidence[], { owner }: ReadModelEvidence) {
  const counters = services.find(({ service }) => service === owner)?.counters ?? [];
  return new Map(counters.map((counter) => [counter.aggregateId, counter]));
}
