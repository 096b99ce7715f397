/**
 * The id maps of a conversion in one service's database: their tables, and, in the owner's, the functions that make new pairs. They are
 * filled by the room `id-map`, by the triggers, and in services that only refer by the shared library's listener.
 *
 * A pair is made once and stays as it is, also when its row is deleted or gets another number: other services may still have the number.
 */
import {
  ID_MAP_TABLES_V1,
  registerIdMapV1,
  unregisterIdMapV1,
} from '@hockey-hub/shared-lib/src/id-map/tables/v1';
import { escapeLiteral } from 'pg';
import { isOwner, type ConvertedKey, type IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { idMapOf, quotedTable } from '../names';
import { CONVERSION_FUNCTIONS, makeConversionFunctions } from './conversion-functions';
import { pairedTables } from './paired-table';
import {
  idMapTable,
  nextNumberFunction,
  ownSequence,
  pairFunction,
  UNPUBLISHED_PAIRS,
} from './pairing-names';
import { plpgsqlFunction } from './plpgsql-function';
import { makeWaitingTable } from './waiting';

/** Tables and functions; no lock on a table of the service. */
export function makeIdMaps(conversion: IdConversion, facts: ConversionFacts): readonly string[] {
  return [
    ...makeConversionFunctions(facts.serverVersion),
    ...ID_MAP_TABLES_V1,
    ...makeWaitingTable(),
    ...conversion.keys.flatMap((key) => [
      `CREATE TABLE IF NOT EXISTS ${idMapOf(key.table)} ("number" bigint PRIMARY KEY, "uuid" uuid NOT NULL UNIQUE)`,
      ...registerIdMapV1({ map: key.table, table: idMapTable(key.table), owner: conversion.owner }),
      ...(isOwner(conversion) ? pairFunctions(conversion, facts, key) : []),
    ]),
  ];
}

/** For the way back from the first phase alone: everybody else keeps the maps. */
export function dropIdMaps(conversion: IdConversion): readonly string[] {
  return conversion.keys.flatMap(({ table }) => [
    `DROP FUNCTION IF EXISTS ${pairFunction(table)}(bigint, uuid, boolean)`,
    `DROP FUNCTION IF EXISTS ${nextNumberFunction(table)}()`,
    `DROP SEQUENCE IF EXISTS ${ownSequence(table)}`,
    ...unregisterIdMapV1(table),
    `DROP TABLE IF EXISTS ${idMapOf(table)}`,
  ]);
}

function pairFunctions(
  conversion: IdConversion,
  facts: ConversionFacts,
  key: ConvertedKey,
): readonly string[] {
  const paired = pairedTables(conversion, facts, 'numeric').find(({ table }) => table === key.table)?.key;
  const map = idMapOf(key.table);
  const name = escapeLiteral(key.table);
  const sequence = paired?.numeric?.sequence;
  const numbers = sequence ? quotedTable(sequence) : ownSequence(key.table);
  const numbersLiteral = `${escapeLiteral(numbers)}::regclass`;
  const next = nextNumberFunction(key.table);
  return [
    ...(sequence ? [] : makeOwnSequence(key.table, paired?.numeric?.type)),
    ...plpgsqlFunction({
      name: next,
      returns: 'bigint',
      // Numbers that a client gave itself may lie ahead of the sequence.
      body: `DECLARE next_number bigint;
BEGIN
  LOOP
    next_number := nextval(${numbersLiteral});
    IF NOT EXISTS (SELECT FROM ${map} AS "pair" WHERE "pair"."number" = next_number) THEN RETURN next_number; END IF;
  END LOOP;
END`,
    }),
    ...plpgsqlFunction({
      name: pairFunction(key.table),
      parameters: 'INOUT given_number bigint, INOUT given_uuid uuid, is_new_row boolean',
      returns: 'record',
      body: pairBody({ map, name, numbers: numbersLiteral, next }),
    }),
  ];
}

/** Its numbers begin where those that people give do not: at the least one of the type. */
function makeOwnSequence(table: string, type = 'bigint'): readonly string[] {
  const least = { smallint: '-32768', integer: '-2147483648' }[type] ?? '-9223372036854775808';
  return [
    `CREATE SEQUENCE IF NOT EXISTS ${ownSequence(table)} MINVALUE ${least} MAXVALUE -1 START ${least} NO CYCLE`,
  ];
}

interface PairBody {
  readonly map: string;
  readonly name: string;
  readonly numbers: string;
  readonly next: string;
}

/**
 * The pair of a number, of a UUID or of both, made where it is missing. A number that this session has just taken from the sequence was
 * not chosen by anybody, and gives way: to the pair that a reference made before its row came (deferred foreign keys), and to the row that
 * an INSERT ... ON CONFLICT is about to find. UUIDs have no default before
 * the contract: one that is given was chosen.
 *
 * Several sessions may want the pair of one number: the first makes it, the others wait for its end and read it.
 */
const pairBody = ({ map, name, numbers, next }: PairBody) => `
DECLARE
  other_number bigint;
  other_uuid uuid;
  is_default boolean := false;
BEGIN
  IF given_number IS NULL THEN
    SELECT "pair"."number" INTO given_number FROM ${map} AS "pair" WHERE "pair"."uuid" = given_uuid;
    IF FOUND THEN RETURN; END IF;
    given_number := ${next}();
  END IF;
  LOOP
    INSERT INTO ${map} AS "pair" ("number", "uuid")
      VALUES (given_number, coalesce(given_uuid, ${CONVERSION_FUNCTIONS.newUuid}()))
      ON CONFLICT DO NOTHING RETURNING "pair"."uuid" INTO other_uuid;
    IF FOUND THEN
      given_uuid := other_uuid;
      INSERT INTO ${UNPUBLISHED_PAIRS} ("map", "number") VALUES (${name}, given_number);
      RETURN;
    END IF;
    SELECT "pair"."uuid" INTO other_uuid FROM ${map} AS "pair" WHERE "pair"."number" = given_number;
    IF given_uuid IS NULL OR given_uuid = other_uuid THEN
      given_uuid := other_uuid;
      RETURN;
    END IF;
    SELECT "pair"."number" INTO other_number FROM ${map} AS "pair" WHERE "pair"."uuid" = given_uuid;
    IF is_new_row THEN
      BEGIN
        is_default := given_number = currval(${numbers});
      EXCEPTION WHEN object_not_in_prerequisite_state THEN
        is_default := false; -- this session has taken no number yet
      END;
    END IF;
    IF NOT is_default THEN
      RAISE EXCEPTION 'the number % and the UUID % are not the same row of %: % has the UUID %, and % has the number %',
        given_number, given_uuid, ${name}, given_number, coalesce(other_uuid::text, '(none yet)'), given_uuid, coalesce(other_number::text, '(none yet)')
        USING ERRCODE = 'check_violation', TABLE = ${name}, HINT = 'Write one of the two; the other is filled in.';
    END IF;
    given_number := coalesce(other_number, ${next}());
    IF other_number IS NOT NULL THEN RETURN; END IF;
  END LOOP;
END`;
