import { createTestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import { compareCatalogs, describeChange } from '../../catalog/compare-catalogs';
import { compareDefinitions, readDefinitions } from '../../catalog/definitions';
import { readCatalog } from '../../catalog/read-catalog';
import { connect } from '../../pg/connect';
import { queryOf, type Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import { makeCounterparts } from '../constraints/make-counterparts';
import { readFacts } from '../inspect/read-facts';
import { idMapOf, quotedTable } from '../names';
import { fillExpression } from '../pairing/fill-expression';
import { makeIdMaps } from '../pairing/id-maps';
import { FILLING_SETTING } from '../pairing/pairing-names';
import { pairingTriggers } from '../pairing/pairing-triggers';
import { relaxNotNull } from '../pairing/relax-not-null';
import { addTwins } from '../pairing/twin-columns';
import { registerConversion } from '../state/conversions';
import { ensureState } from '../state/ensure-state';
import { twinNames, twinsOf, type Shape } from '../twins';
import { viewsFor } from '../views/shape-views';
import { CLUB, clubSchema } from './club-specimen';
import { conversionDatabaseOver } from '../conversion-database-over';

export interface ConvertibleClub {
  readonly url: string;
  readonly query: Query;
  readonly database: ConversionDatabase;
  /** A role that may read some of it. */
  readonly reader: string;
  /** What the schema is now. */
  schema(): Promise<Schema>;
  drop(): Promise<void>;
}

export interface Schema {
  /** One line for each difference of `other` from this one. */
  differences(other: Schema): readonly string[];
}

/** The club of club.ts with both sides of everything, before its switch. */
export async function createConvertibleClub(): Promise<ConvertibleClub> {
  const test = await createTestDatabase();
  const reader = `reader_of_${test.name}`;
  const client = await connect(test.url, 'test');
  const query = queryOf(client);
  const database = conversionDatabaseOver(client, 'user-service', test.url);
  await query(`CREATE ROLE ${reader}`);
  await query(clubSchema({ reader }));
  await ensureState(query);
  await registerConversion(query, CLUB);
  const facts = await readFacts(query, CLUB);
  const paired = [
    ...makeIdMaps(CLUB, facts),
    ...addTwins(CLUB, facts),
    ...pairingTriggers(CLUB, facts, 'numeric'),
    ...relaxNotNull(CLUB, facts),
  ];
  for (const statement of paired) await query(statement);
  for (const { table, column } of CLUB.keys) {
    await query(
      `INSERT INTO ${idMapOf(table)} SELECT "${column}", gen_random_uuid() FROM ${quotedTable(table)}`,
    );
  }
  await fillTwins(query, 'numeric', 'numeric');
  await makeViews(query, 'numeric');
  await makeCounterparts(database, CLUB, await readFacts(query, CLUB), 'numeric');
  return {
    url: test.url,
    query,
    database,
    reader,
    schema: () => readSchema(query),
    drop: async () => {
      await query(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`);
      await client.end();
      await test.drop();
    },
  };
}

/** In the schemas `legacy` and `uuid_ids`. */
export async function makeViews(query: Query, shape: Shape): Promise<void> {
  const facts = await readFacts(query, CLUB);
  // A view cannot be grouped by the key of another view, so this one has none of the two shapes.
  const views = facts.views.filter(({ name }) => name !== 'sessions_of_users');
  for (const statement of viewsFor(CLUB, { ...facts, views }, shape)) await query(statement);
}

/** Every twin of every row. */
export async function fillTwins(query: Query, source: Shape, shape: Shape): Promise<void> {
  await query(`SET ${FILLING_SETTING} = 'on'`);
  for (const twin of twinsOf(CLUB)) {
    const half = twinNames(twin, shape)[source === 'numeric' ? 'uuid' : 'numeric'];
    const expression = fillExpression(twin, { source, shape, row: 't' });
    await query(
      `UPDATE ${quotedTable(twin.table)} AS t SET "${half}" = ${expression} WHERE "${half}" IS NULL`,
    );
  }
  await query(`SET ${FILLING_SETTING} = 'off'`);
}

class ReadSchema implements Schema {
  constructor(
    private readonly catalog: Awaited<ReturnType<typeof readCatalog>>,
    private readonly definitions: Awaited<ReturnType<typeof readDefinitions>>,
  ) {}

  differences(other: ReadSchema): readonly string[] {
    return [
      ...compareCatalogs(other.catalog, this.catalog).map(describeChange),
      ...compareDefinitions(other.definitions, this.definitions),
    ];
  }
}

const readSchema = async (query: Query): Promise<Schema> =>
  new ReadSchema(await readCatalog(query), await readDefinitions(query));
