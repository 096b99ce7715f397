/** All that migrations make of a database besides its rows: what entities can express, and what they cannot. */
import type { Query } from '../pg/query';
import type { Catalog } from './catalog';
import { compareCatalogs, describeChange } from './compare-catalogs';
import { compareDefinitions, readDefinitions, type Definitions } from './definitions';
import { readCatalog } from './read-catalog';

export interface Schema {
  readonly catalog: Catalog;
  readonly definitions: Definitions;
}

export async function readSchema(query: Query): Promise<Schema> {
  return { catalog: await readCatalog(query), definitions: await readDefinitions(query) };
}

/** One human line for each difference, in the words of `describeChange`; none for equal schemas. */
export function compareSchemas(actual: Schema, expected: Schema): string[] {
  return [
    ...compareCatalogs(actual.catalog, expected.catalog).map(describeChange),
    ...compareDefinitions(actual.definitions, expected.definitions),
  ];
}

/** What those who run a database decide, not its migrations: who may use it, how it stores, what tools are installed. */
const OF_THE_OPERATOR = ['privileges', 'storage', 'extension', 'object', 'comment'];

/** A live database's schema as far as its migrations answer for it. */
export function withoutOperatorsChoices({ catalog, definitions }: Schema): Schema {
  const kept = Object.entries(definitions).filter(([, { kind }]) => !OF_THE_OPERATOR.includes(kind));
  return { catalog, definitions: Object.fromEntries(kept) };
}
