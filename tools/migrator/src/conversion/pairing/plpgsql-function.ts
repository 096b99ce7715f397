import { escapeLiteral } from 'pg';

export interface PlpgsqlFunction {
  /** Quoted. */
  readonly name: string;
  readonly parameters?: string;
  readonly returns: string;
  readonly body: string;
  /** Runs with the rights of the role that migrates, which owns it. */
  readonly isDefiner?: boolean;
  /**
   * Called for every row that clients write, so its statements are planned once for each session. Left to itself Postgres would find a
   * plan for each value cheaper to run, and plan it anew for every row.
   */
  readonly isForEachRow?: boolean;
  /** Whether others may call it, or make triggers with it. */
  readonly isPublic?: boolean;
}

/**
 * A function that a client's statement can reach. Its `search_path` is fixed, as for every SECURITY DEFINER function: operators cannot be
 * written with their schema everywhere (IS DISTINCT FROM), and a caller could otherwise put operators of his own before Postgres's.
 * It costs about a microsecond a call. https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY
 */
export function plpgsqlFunction(f: PlpgsqlFunction): readonly string[] {
  const {
    name,
    parameters = '',
    returns,
    body,
    isDefiner = false,
    isForEachRow = false,
    isPublic = false,
  } = f;
  return [
    `CREATE OR REPLACE FUNCTION ${name}(${parameters}) RETURNS ${returns} LANGUAGE plpgsql
     ${isDefiner ? 'SECURITY DEFINER' : ''} SET search_path = pg_catalog, pg_temp
     ${isForEachRow ? 'SET plan_cache_mode = force_generic_plan' : ''} AS ${escapeLiteral(body)}`,
    ...(isPublic ? [] : [`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`]),
  ];
}
