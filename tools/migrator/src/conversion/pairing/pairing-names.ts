/** What pairing calls the things that it makes in the schema `id_conversion`; all names but the bare ones are quoted. */
import { escapeIdentifier } from 'pg';
import type { IdConversion } from '../declaration';
import { CONVERSION_SCHEMA, nameWithSuffix } from '../names';

const inSchema = (name: string) => `${escapeIdentifier(CONVERSION_SCHEMA)}.${escapeIdentifier(name)}`;

export const WAITING_TABLE = inSchema('waiting');
export const UNPUBLISHED_PAIRS = inSchema('unpublished_pairs');
/** `(map text, numbers bigint[]) -> bigint`; see fill-waiting.ts. */
export const FILL_WAITING = inSchema('fill_waiting');

/**
 * While this setting is `on` in a session, triggers leave the updates of converted columns alone: for fills, which write what the map
 * says anyway. It is no way around a right: who sets it may update the rows, and only their own halves can then disagree.
 */
export const FILLING_SETTING = 'id_conversion.filling';

/** Without its schema, as `id_conversion.id_maps` has it. */
export const idMapTable = (map: string): string => nameWithSuffix(map, '_ids');

/** Of an id map in the owner: `(given_number, given_uuid, is_new_row) -> (given_number, given_uuid)`. */
export const pairFunction = (map: string): string => inSchema(nameWithSuffix(map, '_ids_pair'));
/** `() -> bigint`: a number that nobody has. */
export const nextNumberFunction = (map: string): string => inSchema(nameWithSuffix(map, '_ids_next'));
/** Of keys that take their numbers from nowhere. */
export const ownSequence = (map: string): string => inSchema(nameWithSuffix(map, '_numbers'));

const ofTable = ({ name }: IdConversion, table: string) => `${name}_${table}`;

export const pairingFunction = (conversion: IdConversion, table: string): string =>
  inSchema(nameWithSuffix(ofTable(conversion, table), '_pairing'));
export const lastPairingFunction = (conversion: IdConversion, table: string): string =>
  inSchema(nameWithSuffix(ofTable(conversion, table), '_pairing_last'));

/** Without its schema, as `id_conversion.waiting` has it. */
export const fillerName = (conversion: IdConversion, table: string): string =>
  nameWithSuffix(ofTable(conversion, table), '_fill_waiting');
export const fillerFunction = (conversion: IdConversion, table: string): string =>
  inSchema(fillerName(conversion, table));

/**
 * Triggers run in the order of their names. The first ones give the service's own triggers both halves to read; the last ones, made
 * only where the service has triggers that could write, pair what these wrote.
 */
export const triggerNames = ({ name }: IdConversion) => ({
  firstOnInsert: nameWithSuffix(`!${name}`, '_pair_on_insert'),
  firstOnUpdate: nameWithSuffix(`!${name}`, '_pair_on_update'),
  lastOnInsert: nameWithSuffix(`~${name}`, '_pair_on_insert'),
  lastOnUpdate: nameWithSuffix(`~${name}`, '_pair_on_update'),
});
