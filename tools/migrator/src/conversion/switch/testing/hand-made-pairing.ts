/**
 * The other rooms' part of a conversion, as small as the specs of this one can do with: twins, maps, and triggers that keep plain
 * columns and arrays in agreement. Nothing here is fast, or safe for two sessions that meet.
 */
import type { Query } from '../../../pg/query';
import type { IdConversion } from '../../declaration';
import { idMapOf, quotedTable } from '../../names';
import { twinNames, twinsByTable, twinsOf, type Shape, type Twin } from '../../twins';

const isArray = (twin: Twin) => twin.role === 'reference' && twin.references[0].kind === 'array';
const mapOf = (twin: Twin) => idMapOf(twin.role === 'key' ? twin.table : twin.references[0].to);

/** Twin columns, full maps, triggers, and every twin filled. */
export async function pairByHand(query: Query, conversion: IdConversion): Promise<void> {
  for (const { table, column } of conversion.keys) {
    await query(`CREATE TABLE ${idMapOf(table)} (number bigint PRIMARY KEY, uuid uuid NOT NULL UNIQUE)`);
    await query(
      `INSERT INTO ${idMapOf(table)} SELECT "${column}", gen_random_uuid() FROM ${quotedTable(table)}`,
    );
  }
  await addTwins(query, conversion, 'numeric');
  for (const statement of pairingFunctions(conversion, 'numeric')) await query(statement);
  await addTriggers(query, conversion);
  await fillByHand(query, conversion, 'numeric');
}

export async function addTriggers(query: Query, conversion: IdConversion): Promise<void> {
  for (const table of twinsByTable(conversion).keys()) {
    await query(`CREATE TRIGGER id_conversion_pair BEFORE INSERT OR UPDATE ON ${quotedTable(table)}
      FOR EACH ROW EXECUTE FUNCTION id_conversion."pair ${table}"()`);
  }
}

async function addTwins(query: Query, conversion: IdConversion, shape: Shape): Promise<void> {
  for (const twin of twinsOf(conversion)) {
    const type = isArray(twin) ? 'uuid[]' : 'uuid';
    await query(`ALTER TABLE ${quotedTable(twin.table)} ADD COLUMN "${twinNames(twin, shape).uuid}" ${type}`);
  }
}

/** The twin of every row, from the column that has a value. */
export async function fillByHand(
  query: Query,
  conversion: IdConversion,
  source: Shape,
  shape = source,
): Promise<void> {
  for (const twin of twinsOf(conversion)) {
    const names = twinNames(twin, shape);
    const [to, from] = source === 'numeric' ? [names.uuid, names.numeric] : [names.numeric, names.uuid];
    await query(`ALTER TABLE ${quotedTable(twin.table)} DISABLE TRIGGER USER`);
    await query(
      `UPDATE ${quotedTable(twin.table)} SET "${to}" = ${halfOf(twin, `"${from}"`, source)} WHERE "${to}" IS NULL`,
    );
    await query(`ALTER TABLE ${quotedTable(twin.table)} ENABLE TRIGGER USER`);
  }
}

function halfOf(twin: Twin, value: string, source: Shape): string {
  const [to, from] = source === 'numeric' ? ['uuid', 'number'] : ['number', 'uuid'];
  if (!isArray(twin)) return `(SELECT m.${to} FROM ${mapOf(twin)} m WHERE m.${from} = ${value})`;
  return `(SELECT coalesce(array_agg(m.${to} ORDER BY e.n), '{}') FROM unnest(${value}) WITH ORDINALITY e(v, n)
    JOIN ${mapOf(twin)} m ON m.${from} = e.v)`;
}

/** One per table; to be replaced when the names change sides. */
export function pairingFunctions(conversion: IdConversion, shape: Shape): readonly string[] {
  return [...twinsByTable(conversion)].map(([table, twins]) => {
    const rules = twins.map((twin) => {
      const names = twinNames(twin, shape);
      const [number, uuid] = [`NEW."${names.numeric}"`, `NEW."${names.uuid}"`];
      const [oldNumber, oldUuid] = [`OLD."${names.numeric}"`, `OLD."${names.uuid}"`];
      const compute = `
        IF ${uuid} IS NULL THEN ${uuid} := ${halfOf(twin, number, 'numeric')};
        ELSIF ${number} IS NULL OR ${isArray(twin)} THEN ${number} := ${halfOf(twin, uuid, 'uuid')}; END IF;`;
      return twin.role === 'key'
        ? `IF TG_OP = 'INSERT' THEN
             ${uuid} := coalesce(${uuid}, ${halfOf(twin, number, 'numeric')}, gen_random_uuid());
             INSERT INTO ${mapOf(twin)} VALUES (${number}, ${uuid}) ON CONFLICT DO NOTHING;
           END IF;`
        : `IF TG_OP = 'INSERT' THEN ${compute}
           ELSIF ${number} IS DISTINCT FROM ${oldNumber} THEN ${uuid} := ${halfOf(twin, number, 'numeric')};
           ELSIF ${uuid} IS DISTINCT FROM ${oldUuid} THEN ${number} := ${halfOf(twin, uuid, 'uuid')}; END IF;`;
    });
    return `CREATE OR REPLACE FUNCTION id_conversion."pair ${table}"() RETURNS trigger LANGUAGE plpgsql AS $body$
      BEGIN ${rules.join('\n')} RETURN NEW; END $body$`;
  });
}
