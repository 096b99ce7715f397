/**
 * The room `views` owns the schemas `legacy` and `uuid_ids`: the tables and views that a conversion touches, once in the old shape
 * and once in the new one. A client that names the shape it knows in its `search_path` (`legacy, public`; `uuid_ids, public`) sees the same
 * before the switch and after it.
 *
 * Postgres binds a view to columns by their place, so nothing here has to change at the switch: made again in the other shape
 * each statement makes what is there already. New in a shape is a column only after the contract and back: then it is the last one of its table, and
 * of its view, too. What is prepared on a view must outlive it, when the way back ends and the name leads to the table.
 *
 * Until a row is filled its UUIDs are null in `uuid_ids`.
 */
import { escapeIdentifier } from 'pg';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { pairedTables } from '../pairing/paired-table';
import { twinsByTable, type Shape } from '../twins';
import { serviceView } from './service-view';
import { tableView } from './table-view';
import { SHAPES, viewOf, viewSchema } from './view-names';

/**
 * @param shape what the columns of the tables are called now
 * @param halves both from the first phase on; the numbers' alone on the way back from the contract, where the others have stayed
 */
export function viewsFor(
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
  halves: readonly Shape[] = SHAPES,
): readonly string[] {
  const tables = pairedTables(conversion, facts, shape);
  const readers = new Set(
    [
      ...tables.flatMap(({ facts: { grants, columns } }) => [
        grants,
        ...columns.map((column) => column.grants),
      ]),
      ...facts.views.map(({ grants }) => grants),
    ].flatMap((grants) => grants.map(({ grantee }) => grantee)),
  );
  return halves.flatMap((half) => {
    const schema = escapeIdentifier(viewSchema(half));
    return [
      `CREATE SCHEMA IF NOT EXISTS ${schema}`,
      ...[...readers].map((reader) => `GRANT USAGE ON SCHEMA ${schema} TO ${reader}`),
      ...tables.flatMap((table) => tableView(table, half)),
      ...facts.views.flatMap((view) => serviceView(view, half)),
    ];
  });
}

/**
 * The views of these shapes, and each schema that is empty then.
 * @param halves both on the way back from the first phase; the numbers' alone at the contract
 */
export function dropViews(
  conversion: IdConversion,
  facts: ConversionFacts,
  halves: readonly Shape[] = SHAPES,
): readonly string[] {
  const tables = [...twinsByTable(conversion).keys()];
  const views = facts.views.map(({ name }) => name).reverse();
  return halves.flatMap((half) => [
    ...[...views, ...tables].map((name) => `DROP VIEW IF EXISTS ${viewOf(name, half)}`),
    dropSchemaIfEmpty(viewSchema(half)),
  ]);
}

/**
 * Whatever else is there stays, and the schema with it: a client makes things in the first schema of its path, such as TypeORM, which installs
 * an extension as it connects.
 */
const dropSchemaIfEmpty = (schema: string) => `DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_namespace AS n WHERE n.nspname = '${schema}'
              AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid)) THEN
    DROP SCHEMA "${schema}";
  END IF;
END $$`;
