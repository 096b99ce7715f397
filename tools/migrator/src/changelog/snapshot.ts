/** A database's schema at one moment of its history, with names and with what is behind them. */
import { readSchema, type Schema } from '../catalog/schema';
import type { Query } from '../pg/query';
import { readIdentities, type Identities } from './identities';

export interface Snapshot extends Schema {
  readonly identities: Identities;
}

export async function readSnapshot(query: Query): Promise<Snapshot> {
  return { ...(await readSchema(query)), identities: await readIdentities(query) };
}
