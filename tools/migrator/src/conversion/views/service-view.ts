/**
 * A view of the service that reads tables with twins, made again so that it reads their views of one shape instead. A materialized
 * view becomes a plain one here: what it shows is of now.
 */
import { escapeIdentifier } from 'pg';
import type { ViewFacts } from '../inspect/view-facts';
import { joinPieces } from '../inspect/view-query';
import type { Shape } from '../twins';
import { grantsOn } from './table-view';
import { viewOf } from './view-names';

/** Options that mean the same on the copy. */
const KEPT_OPTIONS = /^(security_invoker|security_barrier)=/;

export function serviceView(view: ViewFacts, half: Shape): readonly string[] {
  const name = viewOf(view.name, half);
  const options = view.options.filter((option) => KEPT_OPTIONS.test(option));
  const columns = view.columns.map((column) => escapeIdentifier(column.name)).join(', ');
  const query = joinPieces(view.pieces, (relation) => viewOf(relation, half));
  return [
    `CREATE OR REPLACE VIEW ${name} (${columns}) ${options.length > 0 ? `WITH (${options.join(', ')})` : ''} AS ${query}`,
    ...grantsOn(name, view.grants),
  ];
}
