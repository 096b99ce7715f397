/**
 * Schemas that belong to a tool, by name: the migrator's own, that of id conversions (their state, and the id map, which stays),
 * that in which a database of before the platform keeps what has no place in it, and that of DBOS, in which a service keeps its sagas. A migration
 * makes them whole (see libs/shared-lib/src/sagas/tables), entities know nothing of them, and what is in them is their tool's to
 * check, so no comparison is about them. Backups and runtime roles are: rows are rows.
 */
export const TOOL_SCHEMAS = ['migrator', 'id_conversion', 'legacy_archive', 'dbos'] as const;

const LIST = TOOL_SCHEMAS.map((name) => `'${name}'`).join(', ');

/** That a name is that of a tool's schema, in SQL. */
export const isToolSchema = (name: string) => `${name} IN (${LIST})`;

/** That a row of pg_namespace called `n` is neither the system's nor a tool's, in SQL. */
export const NOT_OF_A_TOOL = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT ${isToolSchema('n.nspname')}`;
