/**
 * The view of one table in one shape: its columns in their order under their plain names, one half of each twin, so that `SELECT *` and
 * INSERT without a list of columns are what they were. Postgres lets clients write such a view as if it was the table
 * (https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS); defaults, triggers and rules are
 * the table's. Not possible on it: COPY ... FROM, TRUNCATE, ON CONFLICT ON CONSTRAINT, and MERGE before Postgres 17.
 */
import { escapeIdentifier } from 'pg';
import type { GrantFacts } from '../inspect/table-facts';
import { columnOf, type PairedTable } from '../pairing/paired-table';
import { quotedTable } from '../names';
import type { Shape } from '../twins';
import { viewOf } from './view-names';

/** Privileges on tables that mean something on views. */
const OF_VIEWS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

interface ViewColumn {
  readonly name: string;
  readonly expression: string;
  readonly grants: readonly GrantFacts[];
}

/** @param half which half of the twins it shows; what the columns are called now is in `table` */
export function tableView(table: PairedTable, half: Shape): readonly string[] {
  const view = viewOf(table.table, half);
  const columns = viewColumns(table, half);
  return [
    `CREATE OR REPLACE VIEW ${view} ${optionsOf(table)} AS
     SELECT ${columns.map(({ name, expression }) => `${expression} AS ${escapeIdentifier(name)}`).join(', ')}
       FROM ${quotedTable(table.table)} AS t`,
    ...grantsOn(view, table.facts.grants),
    ...columns.flatMap(({ name, grants }) =>
      grants
        .filter(({ privilege }) => OF_VIEWS.includes(privilege))
        .map(
          ({ privilege, grantee, isGrantable }) =>
            `GRANT ${privilege} (${escapeIdentifier(name)}) ON ${view} TO ${grantee}${isGrantable ? ' WITH GRANT OPTION' : ''}`,
        ),
    ),
  ];
}

export function grantsOn(view: string, grants: readonly GrantFacts[]): readonly string[] {
  return grants
    .filter(({ privilege }) => OF_VIEWS.includes(privilege))
    .map(
      ({ privilege, grantee, isGrantable }) =>
        `GRANT ${privilege} ON ${view} TO ${grantee}${isGrantable ? ' WITH GRANT OPTION' : ''}`,
    );
}

/**
 * With row security the table's policies are those of who asks, so the view asks with his rights. Without it the owner's rights do, with the
 * table's grants copied: only so may somebody who has a right on some columns alone read these through a view that shows more.
 */
const optionsOf = ({ facts }: PairedTable) =>
  `WITH (security_invoker = ${facts.rowSecurity === 'off' ? 'false' : 'true'})`;

function viewColumns({ facts, twins }: PairedTable, half: Shape): readonly ViewColumn[] {
  const shown = new Set<string>();
  return facts.columns.flatMap(({ name, grants }) => {
    const twin = twins.find(({ numeric, uuid }) => numeric?.name === name || uuid?.name === name);
    if (!twin) return [{ name, expression: columnOf('t', name), grants }];
    // A twin stands where the first of its halves stands.
    if (shown.has(twin.column)) return [];
    shown.add(twin.column);
    return [{ name: twin.column, expression: columnOf('t', twin.names[half]), grants }];
  });
}
