/**
 * The triggers that keep the halves of all twins in agreement, whichever half a client writes: one function for each table.
 *
 *   INSERT   the half that is not its default decides; two that are not must agree
 *   UPDATE   the half that changed decides; two that changed must agree
 *
 * Triggers are bound to columns by their place and not by their names, so they stay as they are through the switch; the functions are bound
 * by names and must be replaced in its transaction.
 *
 * A number that has no pair: see pair-reference.ts and waiting.ts. Fills are left alone: FILLING_SETTING.
 */
import { escapeIdentifier } from 'pg';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { CONVERSION_SCHEMA, quotedTable } from '../names';
import { twinsByTable, type Shape } from '../twins';
import { dropFillWaiting, fillWaiting } from './fill-waiting';
import { isKnownByKey, keyColumns, moveRowKey } from './move-row-key';
import { pairKey } from './pair-key';
import { pairReference, pairReferenceAgain, typeColumnsOf } from './pair-reference';
import { columnOf, pairedTables, type PairedReference, type PairedTable } from './paired-table';
import { FILLING_SETTING, lastPairingFunction, pairingFunction, triggerNames } from './pairing-names';
import { plpgsqlFunction } from './plpgsql-function';
import { setTwinDefaults } from './twin-defaults';

/** What the switch replaces: milliseconds, and no lock on a table. */
export function pairingFunctions(
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): readonly string[] {
  const tables = pairedTables(conversion, facts, shape);
  const waitedFor = new Set(
    tables.flatMap(({ references }) =>
      references.filter((twin) => !twin.foreignKeyTo).flatMap((twin) => twin.references.map(({ to }) => to)),
    ),
  );
  // The last ones know what the service's own triggers have made of the key.
  const moveKey = (table: PairedTable, isLast: boolean) =>
    isKnownByKey(table) && isLast === hasLastTriggers(table) ? [moveRowKey(conversion, table, shape)] : [];
  return [
    ...fillWaiting(conversion, facts, shape),
    ...tables.flatMap((table) => [
      ...plpgsqlFunction({
        name: pairingFunction(conversion, table.table),
        returns: 'trigger',
        isDefiner: true,
        isForEachRow: true,
        body: trigger([
          // Before the references: some may be to this very row.
          ...(table.key ? [pairKey(table.key, waitedFor.has(table.table))] : []),
          ...keyFirst(table).map((twin) => pairReference(conversion, table, twin, shape)),
          ...moveKey(table, false),
        ]),
      }),
      ...(hasLastTriggers(table)
        ? plpgsqlFunction({
            name: lastPairingFunction(conversion, table.table),
            returns: 'trigger',
            isDefiner: true,
            isForEachRow: true,
            body: trigger([
              ...table.references.map((twin) => pairReferenceAgain(conversion, table, twin, shape)),
              ...moveKey(table, true),
            ]),
          })
        : []),
    ]),
  ];
}

/**
 * Functions, defaults and triggers. A trigger takes a lock that keeps writers out (SHARE ROW EXCLUSIVE), a default one that keeps everybody
 * out, for a moment; one table after the other.
 */
export function pairingTriggers(
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): readonly string[] {
  const names = triggerNames(conversion);
  return [
    ...pairingFunctions(conversion, facts, shape),
    ...pairedTables(conversion, facts, shape).flatMap((table) => {
      const first = pairingFunction(conversion, table.table);
      const last = lastPairingFunction(conversion, table.table);
      const on = quotedTable(table.table);
      const create = (name: string, event: string, when: string, called: string) =>
        `CREATE OR REPLACE TRIGGER ${escapeIdentifier(name)} BEFORE ${event} ON ${on} FOR EACH ROW ${when} EXECUTE FUNCTION ${called}()`;
      const changed = `WHEN (${whenChanged(table)})`;
      return [
        [...setTwinDefaults(table), create(names.firstOnInsert, 'INSERT', '', first)].join(';\n'),
        create(names.firstOnUpdate, 'UPDATE', changed, first),
        ...(hasLastTriggers(table)
          ? [
              create(names.lastOnInsert, 'INSERT', '', last),
              create(names.lastOnUpdate, 'UPDATE', changed, last),
            ]
          : []),
      ];
    }),
  ];
}

/**
 * Triggers (which takes a lock that keeps everybody out, for a moment) and functions. To be run in one transaction with what drops one
 * half of the table's twins: without triggers the halves part, and what a default has put into one would be taken for its value.
 */
export function dropPairing(
  conversion: IdConversion,
  tables: readonly string[] = [...twinsByTable(conversion).keys()],
): readonly string[] {
  return [
    ...tables.flatMap((table) => [
      ...Object.values(triggerNames(conversion)).map(
        (name) => `DROP TRIGGER IF EXISTS ${escapeIdentifier(name)} ON ${quotedTable(table)}`,
      ),
      `DROP FUNCTION IF EXISTS ${pairingFunction(conversion, table)}()`,
      `DROP FUNCTION IF EXISTS ${lastPairingFunction(conversion, table)}()`,
    ]),
    ...dropFillWaiting(conversion, tables),
  ];
}

/** The references of the primary key before the others: by it these write down what they wait for. */
function keyFirst({ references, primaryKey }: PairedTable): readonly PairedReference[] {
  const isInKey = (twin: PairedReference) =>
    primaryKey.some((part) => part.kind === 'twin' && part.twin === twin);
  return [...references.filter(isInKey), ...references.filter((twin) => !isInKey(twin))];
}

const trigger = (statements: readonly string[]) => `BEGIN${statements.join('')}\n  RETURN NEW;\nEND`;

/** Most updates change no id: they don't even call the function. */
function whenChanged(table: PairedTable): string {
  const columns = new Set([
    ...table.twins.flatMap(({ names }) => [names.numeric, names.uuid]),
    ...table.references.flatMap(typeColumnsOf),
    ...(isKnownByKey(table) ? keyColumns(table) : []),
  ]);
  const changes = [...columns].map(
    (column) => `${columnOf('OLD', column)} IS DISTINCT FROM ${columnOf('NEW', column)}`,
  );
  return `(${changes.join(' OR ')}) AND current_setting('${FILLING_SETTING}', true) IS DISTINCT FROM 'on'`;
}

/** A service's own BEFORE triggers can write ids. That the word stands somewhere else in the definition costs a little time. */
function hasLastTriggers({ facts, references }: PairedTable): boolean {
  return (
    references.length > 0 &&
    facts.triggers.some(
      ({ definition, functionName }) =>
        !functionName.startsWith(`${CONVERSION_SCHEMA}.`) && /\bBEFORE\b/i.test(definition),
    )
  );
}
