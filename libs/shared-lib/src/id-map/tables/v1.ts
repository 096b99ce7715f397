/**
 * What a conversion's database has for the way of its id maps to other services, as it first was. Frozen: databases were made
 * by it. The migrator runs these statements; the id maps themselves are its own.
 *
 *   id_maps            which id maps are here, whose they are, and how far a copy of another service's is
 *   unpublished_pairs  pairs that were made by triggers and that nobody has told the other services of
 *   uuid_of, number_of (map, number) -> uuid, and back; made anew whenever an id map is added or taken away
 */
import { escapeLiteral } from 'pg';

export interface IdMapRegistration {
  /** The owner's table whose numbers it has: `users`, or `club.users` outside the schema public. */
  readonly map: string;
  /** The id map's own table in the schema `id_conversion`, unquoted: `users_ids`. */
  readonly table: string;
  /** Nx project name of the service that converts the key; another one than the database's for a copy. */
  readonly owner: string;
}

/** Each may be run again. The schema `id_conversion` must be there. */
export const ID_MAP_TABLES_V1: readonly string[] = [
  // Of a copy: "wanted_at" is when somebody needed it whole; "pulled_up_to" how far it is being read from the owner, page by
  // page; "verified_at" when it last was found to be whole, with what it had up to "verified_up_to".
  `CREATE TABLE IF NOT EXISTS "id_conversion"."id_maps" (
     "map" text PRIMARY KEY,
     "table_name" text NOT NULL UNIQUE,
     "owner" text NOT NULL,
     "wanted_at" timestamptz,
     "pulled_up_to" bigint,
     "verified_at" timestamptz,
     "verified_up_to" bigint,
     "pairs" bigint,
     "checksum" numeric,
     "dead_letters" bigint NOT NULL DEFAULT 0,
     "problem" text,
     "problem_at" timestamptz
   )`,

  // No key and no index: a client's insert pays for this row. It lives for a moment, so the table is vacuumed by what came
  // and went, and not by its size.
  `CREATE TABLE IF NOT EXISTS "id_conversion"."unpublished_pairs" (
     "map" text NOT NULL,
     "number" bigint NOT NULL
   ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_threshold = 100000)`,
];

/**
 * The functions know the id maps by name, and not by a statement that is put together at each call: so they are planned once
 * for each session. Joins with many rows are better made with the id map's table itself.
 */
const MAKE_LOOKUPS = `
  DO $make$
  DECLARE
    uuids text := '';
    numbers text := '';
    known record;
  BEGIN
    FOR known IN SELECT "map", "table_name" FROM "id_conversion"."id_maps" ORDER BY "map" LOOP
      uuids := uuids || format(
        E'IF $1 = %L THEN RETURN (SELECT pair."uuid" FROM "id_conversion".%I AS pair WHERE pair."number" = $2); END IF;\\n',
        known."map", known."table_name");
      numbers := numbers || format(
        E'IF $1 = %L THEN RETURN (SELECT pair."number" FROM "id_conversion".%I AS pair WHERE pair."uuid" = $2); END IF;\\n',
        known."map", known."table_name");
    END LOOP;
    EXECUTE format(
      'CREATE OR REPLACE FUNCTION "id_conversion"."uuid_of"(map text, number bigint) RETURNS uuid
         LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS %L', 'BEGIN ' || uuids || '
       RAISE EXCEPTION ''there is no id map % in this database'', $1 USING ERRCODE = ''undefined_object'',
         HINT = ''The id maps that are here are listed in id_conversion.id_maps.''; END');
    EXECUTE format(
      'CREATE OR REPLACE FUNCTION "id_conversion"."number_of"(map text, uuid uuid) RETURNS bigint
         LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS %L', 'BEGIN ' || numbers || '
       RAISE EXCEPTION ''there is no id map % in this database'', $1 USING ERRCODE = ''undefined_object'',
         HINT = ''The id maps that are here are listed in id_conversion.id_maps.''; END');
  END
  $make$`;

/** Makes an id map known, after its table was made. Each may be run again. */
export function registerIdMapV1({ map, table, owner }: IdMapRegistration): readonly string[] {
  const values = [map, table, owner].map((value) => escapeLiteral(value)).join(', ');
  return [
    `INSERT INTO "id_conversion"."id_maps" ("map", "table_name", "owner") VALUES (${values})
     ON CONFLICT ("map") DO UPDATE SET "table_name" = excluded."table_name", "owner" = excluded."owner"`,
    MAKE_LOOKUPS,
  ];
}

/** Forgets an id map, before its table is dropped; what nobody was told of it is not told any more. May be run again. */
export function unregisterIdMapV1(map: string): readonly string[] {
  return [
    `DELETE FROM "id_conversion"."unpublished_pairs" WHERE "map" = ${escapeLiteral(map)}`,
    `DELETE FROM "id_conversion"."id_maps" WHERE "map" = ${escapeLiteral(map)}`,
    MAKE_LOOKUPS,
  ];
}
