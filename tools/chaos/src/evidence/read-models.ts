/**
 * Which tables are read models, and of what. A read model is named `known_<table of its owner>` and has the columns that
 * its owner has, beside those that every read model has.
 */
import { escapeIdentifier, type Client } from 'pg';
import type { ColumnValues, ReadModelEvidence } from '../checks/evidence';

/** Every read model has these; they are not the owner's. */
const OWN_COLUMNS = ['id', 'sequence', 'deleted_at', 'created_at', 'updated_at'];
const PREFIX = 'known_';

/** `known_teams`, ... of the service of this database. */
export async function readModelsIn(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT "table_name" AS "name" FROM "information_schema"."columns"
      WHERE "table_schema" = 'public' AND "column_name" = 'sequence' AND starts_with("table_name", $1) ORDER BY 1`,
    [PREFIX],
  );
  return rows.map(({ name }) => name);
}

export interface ReadModelOf {
  readonly listener: string;
  readonly table: string;
  readonly owner: string;
}

export async function readReadModel(
  { listener, table, owner }: ReadModelOf,
  listenerClient: Client,
  ownerClient: Client,
): Promise<ReadModelEvidence> {
  const ownerTable = table.slice(PREFIX.length);
  const columns = (await columnsOf(listenerClient, table)).filter((name) => !OWN_COLUMNS.includes(name));
  const list = ['id', ...columns].map((name) => escapeIdentifier(name)).join(', ');
  type Row = ColumnValues & { id: string };
  type KnownRow = Row & { deleted_at: Date | null; sequence: string };
  const known = await listenerClient.query<KnownRow>(
    `SELECT ${list}, "sequence", "deleted_at" FROM ${escapeIdentifier(table)}`,
  );
  const owned = await ownerClient.query<Row>(`SELECT ${list} FROM ${escapeIdentifier(ownerTable)}`);
  return {
    ...{ listener, table, owner, ownerTable, columns },
    rows: known.rows.map((row) => ({
      ...{ id: row.id, values: row },
      isDeleted: row.deleted_at !== null,
      sequence: Number(row.sequence),
    })),
    ownerRows: owned.rows.map((row) => ({ id: row.id, values: row })),
  };
}

/** The service whose table it is a copy of. @throws RangeError when none or several have one of that name */
export async function ownerOf(
  table: string,
  listener: string,
  clients: ReadonlyMap<string, Client>,
): Promise<string> {
  const owners: string[] = [];
  for (const [service, client] of clients) {
    if (service === listener) continue;
    if ((await columnsOf(client, table.slice(PREFIX.length))).length > 0) owners.push(service);
  }
  if (owners.length === 1) return owners[0]!;
  throw new RangeError(
    `${listener}.${table} should be the read model of one other service's table ${table.slice(PREFIX.length)}, ` +
      `and ${owners.length === 0 ? 'none has it' : `${owners.join(' and ')} have it`}`,
  );
}

async function columnsOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT "column_name" AS "name" FROM "information_schema"."columns"
      WHERE "table_schema" = 'public' AND "table_name" = $1 ORDER BY "ordinal_position"`,
    [table],
  );
  return rows.map(({ name }) => name);
}
