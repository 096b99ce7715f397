/**
 * A view of the service that reads tables with twins, made again so that it reads their views of one shape instead. Postgres prints the
 * query with plain names, and reads it with the shape's schema before the tables' own. A materialized view becomes a plain one here:
 * what it shows is of now.
 */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { ViewFacts } from '../inspect/view-facts';
import { quotedTable } from '../names';
import type { Shape } from '../twins';
import { grantsOn } from './table-view';
import { viewOf, viewSchema } from './view-names';

/** Options that mean the same on the copy. */
const KEPT_OPTIONS = /^(security_invoker|security_barrier)=/;

/** @param schemas of the service, unquoted: those of everything that has a view of a shape, and public */
export function serviceView(view: ViewFacts, half: Shape, schemas: readonly string[]): readonly string[] {
  const name = viewOf(view.name, half);
  const plain = schemas.map((schema) => escapeIdentifier(schema)).join(', ');
  const options = view.options.filter((option) => KEPT_OPTIONS.test(option));
  const create = `CREATE OR REPLACE VIEW ${name} (${view.columns.map((column) => escapeIdentifier(column.name)).join(', ')}) ${
    options.length > 0 ? `WITH (${options.join(', ')})` : ''
  } AS `;
  // Such a query leans on the table's primary key, and a view has none.
  const groupsByKeyAlone = `the view ${view.name} selects columns that are not in its GROUP BY, so it cannot be made again in the schema ${viewSchema(half)}`;
  return [
    // One statement, so that the path is what it was whatever the caller's transaction is.
    `DO ${escapeLiteral(`
DECLARE
  path_before text := current_setting('search_path');
  query text;
BEGIN
  PERFORM set_config('search_path', ${escapeLiteral(plain)}, true);
  query := pg_get_viewdef(${escapeLiteral(quotedTable(view.name))}::regclass);
  PERFORM set_config('search_path', ${escapeLiteral(`${escapeIdentifier(viewSchema(half))}, ${plain}`)}, true);
  EXECUTE ${escapeLiteral(create)} || query;
  PERFORM set_config('search_path', path_before, true);
EXCEPTION WHEN grouping_error THEN
  RAISE EXCEPTION '%', ${escapeLiteral(groupsByKeyAlone)} USING ERRCODE = 'grouping_error',
    HINT = 'Make it again with all columns that it selects in GROUP BY, and run this again.';
END`)}`,
    ...grantsOn(name, view.grants),
  ];
}
