/**
 * Pure: what a person who converts the legacy clubs by hand writes down: per table the columns that become UUIDs, and how a new
 * value is made of the old row. The floor, the naive migration and the plain script are made of it; ours knows none of it.
 */
import type { DatabaseName } from '@hockey-hub/conversion-clients';

/** Where the conversions by hand keep (number, uuid), in both databases. */
export const ID_MAP_SCHEMA = '"by_hand"';
export const ID_MAP = `${ID_MAP_SCHEMA}."users_ids"`;

export interface ConvertedColumn {
  readonly column: string;
  readonly type: string;
  readonly isRequired: boolean;
  /** In SQL, of a row `t` and the pairs that were looked up for it. */
  readonly value: string;
  readonly defaultValue?: string;
}

export interface ConvertedTable {
  readonly table: string;
  readonly database: DatabaseName;
  /** Its primary key before. */
  readonly key: readonly string[];
  /** Pairs of the id map that are joined to each row. */
  readonly lookups: readonly { readonly alias: string; readonly on: string }[];
  readonly columns: readonly ConvertedColumn[];
  /** Columns that keep numbers from a sequence: a new table needs the default again. */
  readonly serial?: string;
}

const scalar = (column: string, alias: string, isRequired = true) => ({
  lookup: { alias, on: `"${alias}"."number" = "t"."${column}"` },
  converted: { column, type: 'uuid', isRequired, value: `"${alias}"."uuid"` },
});

const userId = scalar('userId', 'm');
const parentId = scalar('parentId', 'm');
const childId = scalar('childId', 'c');
const actorId = scalar('actorId', 'm', false);
const createdBy = scalar('createdBy', 'm');
const playerId = scalar('playerId', 'm');

/** Looked up one by one: a join would be planned as if every list were long, and hash the whole map for each row. */
const PLAYERS = `
  ARRAY(SELECT (SELECT "p"."uuid" FROM ${ID_MAP} AS "p" WHERE "p"."number" = "n"."number")
          FROM unnest("t"."playerIds") WITH ORDINALITY AS "n" ("number", "place") ORDER BY "n"."place")`;

const DOCUMENT = `
  CASE WHEN jsonb_typeof("t"."metadata" -> 'coachIds') = 'array'
       THEN jsonb_set("t"."metadata", '{coachIds}', coalesce(
              (SELECT jsonb_agg((SELECT "p"."uuid" FROM ${ID_MAP} AS "p" WHERE "p"."number" = "n"."number"::integer)
                                ORDER BY "n"."place")
                 FROM jsonb_array_elements_text("t"."metadata" -> 'coachIds') WITH ORDINALITY AS "n" ("number", "place")), '[]'))
       ELSE "t"."metadata" END`;

const SUBJECT = `
  CASE WHEN "t"."subjectType" = 'user'
       THEN (SELECT "p"."uuid"::text FROM ${ID_MAP} AS "p" WHERE "p"."number" = "t"."subjectId"::integer)
       ELSE "t"."subjectId" END`;

/** @param newUuid the server's best way to make one, in SQL */
function convertedTables(newUuid: string): readonly ConvertedTable[] {
  return [
    {
      ...{ table: 'users', database: 'user', key: ['id'] },
      lookups: [{ alias: 'm', on: '"m"."number" = "t"."id"' }],
      columns: [{ column: 'id', type: 'uuid', isRequired: true, value: '"m"."uuid"', defaultValue: newUuid }],
    },
    {
      ...{ table: 'sessions', database: 'user', key: ['id'], serial: 'id' },
      lookups: [userId.lookup],
      columns: [userId.converted],
    },
    {
      ...{ table: 'parent_links', database: 'user', key: ['parentId', 'childId'] },
      lookups: [parentId.lookup, childId.lookup],
      columns: [parentId.converted, childId.converted],
    },
    {
      ...{ table: 'audit_entries', database: 'user', key: ['id'], serial: 'id' },
      lookups: [actorId.lookup],
      columns: [actorId.converted],
    },
    {
      ...{ table: 'workout_sessions', database: 'training', key: ['id'] },
      lookups: [createdBy.lookup],
      columns: [
        createdBy.converted,
        { column: 'playerIds', type: 'uuid[]', isRequired: true, value: PLAYERS, defaultValue: `'{}'` },
        { column: 'metadata', type: 'jsonb', isRequired: false, value: DOCUMENT },
      ],
    },
    {
      ...{ table: 'workout_assignments', database: 'training', key: ['id'] },
      lookups: [playerId.lookup],
      columns: [playerId.converted],
    },
    {
      ...{ table: 'player_workout_loads', database: 'training', key: ['id'] },
      lookups: [playerId.lookup],
      columns: [playerId.converted],
    },
    {
      ...{ table: 'notes', database: 'training', key: ['id'], lookups: [] },
      columns: [{ column: 'subjectId', type: 'character varying(64)', isRequired: true, value: SUBJECT }],
    },
  ];
}

export const tablesOf = (database: DatabaseName, newUuid: string): readonly ConvertedTable[] =>
  convertedTables(newUuid).filter((table) => table.database === database);

/** The column beside the old one, until the two change places. */
export const twinOf = (column: string): string => `"${column}_uuid"`;
