import { escapeIdentifier, escapeLiteral } from 'pg';
import type { IdConversion } from '../declaration';
import { quotedTable } from '../names';
import { twinNames, type Shape } from '../twins';
import { columnOf, type PairedReference, type PairedTable } from './paired-table';
import { pairFunction } from './pairing-names';
import { numbersOf, uuidsOf } from './reference-sql';
import { defaultOf } from './twin-defaults';
import { waitFor } from './waiting';

/** How much of a value a message shows: documents can be long. */
const SHOWN_CHARACTERS = 200;

/**
 * Statements of a trigger function for one column with references of the row NEW: the half that a client has changed decides about the
 * other; in a new row the one that is not its default.
 * In a condition an expression stands in parentheses: PL/pgSQL would take the THEN of a CASE for its own.
 */
export function pairReference(
  conversion: IdConversion,
  table: PairedTable,
  twin: PairedReference,
  shape: Shape,
): string {
  const { numeric, uuid } = twin.names;
  const [n, u] = [columnOf('NEW', numeric), columnOf('NEW', uuid)];
  const byDefault = defaultOf(twin);
  const isChanged = (column: string) => {
    const old = columnOf('OLD', column); // null in an INSERT
    const before = byDefault === null ? old : `CASE TG_OP WHEN 'INSERT' THEN ${byDefault} ELSE ${old} END`;
    return `(${columnOf('NEW', column)} IS DISTINCT FROM ${before})`;
  };
  const [nChanged, uChanged] = [isChanged(numeric), isChanged(uuid)];
  const typeChanged = typeColumnsOf(twin).map(
    (column) => `${columnOf('NEW', column)} IS DISTINCT FROM ${columnOf('OLD', column)}`,
  );
  // Of another type the same text means something else. The numbers decide, unless there are none.
  const numbersMeanSomethingElse =
    typeChanged.length > 0
      ? ` OR ((${typeChanged.join(' OR ')}) AND NOT ${uChanged} AND ${n} IS NOT NULL)`
      : '';
  const uuidsMeanSomethingElse = typeChanged.length > 0 ? ` OR (${typeChanged.join(' OR ')})` : '';
  return `
  IF (${nChanged}${numbersMeanSomethingElse}) AND NOT ${uChanged} THEN
    ${numbersDecide(conversion, table, twin, shape)}
  ELSIF (${uChanged}${uuidsMeanSomethingElse}) AND NOT ${nChanged} THEN
    ${uuidsDecide(conversion, table, twin, shape)}
  ELSIF ${nChanged} THEN -- both did
    IF ${u} IS DISTINCT FROM (${uuidsOf(twin.references, n, 'NEW')}) THEN
      ${twoDisagree(table, twin)}
    END IF;
  END IF;`;
}

/**
 * The same for a trigger that runs after those of the service: what these wrote is in the plain column, because they know of no other, so
 * that one decides.
 */
export function pairReferenceAgain(
  conversion: IdConversion,
  table: PairedTable,
  twin: PairedReference,
  shape: Shape,
): string {
  const plain = columnOf('NEW', twin.names[shape]);
  const isOther =
    shape === 'numeric'
      ? `${columnOf('NEW', twin.names.uuid)} IS DISTINCT FROM (${uuidsOf(twin.references, plain, 'NEW')})`
      : `${plain} IS DISTINCT FROM (${uuidsOf(twin.references, columnOf('NEW', twin.names.numeric), 'NEW')})`;
  const decide = shape === 'numeric' ? numbersDecide : uuidsDecide;
  return `
  IF ${plain} IS NOT NULL AND ${isOther} THEN
    ${decide(conversion, table, twin, shape)}
  END IF;`;
}

/** Two halves, both given, of which the map does not say that they are one. */
function twoDisagree(table: PairedTable, twin: PairedReference): string {
  const [n, u] = [columnOf('NEW', twin.names.numeric), columnOf('NEW', twin.names.uuid)];
  return twin.foreignKeyTo
    ? `PERFORM ${pairFunction(twin.foreignKeyTo.table)}(${n}, ${u}, false) WHERE ${n} IS NOT NULL AND ${u} IS NOT NULL;
    IF NOT FOUND THEN ${disagree(table, twin)} END IF;`
    : disagree(table, twin);
}

export function typeColumnsOf({ references }: PairedReference): readonly string[] {
  return [
    ...new Set(
      references.flatMap((reference) => (reference.kind === 'polymorphic' ? [reference.typeColumn] : [])),
    ),
  ];
}

function numbersDecide(
  conversion: IdConversion,
  table: PairedTable,
  twin: PairedReference,
  shape: Shape,
): string {
  const [n, u] = [columnOf('NEW', twin.names.numeric), columnOf('NEW', twin.names.uuid)];
  const wait = waitFor(conversion, table, twin, 'numeric', shape);
  const key = twin.foreignKeyTo;
  // A row that is there and has no pair is older than the triggers: the backfill makes its pair, and this row is filled with it. Made
  // here, two clients could wait for each other's pairs. A row that is not there comes later in this transaction, or never.
  const withoutPair = key
    ? `IF EXISTS (SELECT FROM ${quotedTable(key.table)} AS "row" WHERE ${columnOf('"row"', twinNames(key, shape).numeric)} = ${n}) THEN
        ${wait}
      ELSE
        SELECT "made"."given_uuid" INTO ${u} FROM ${pairFunction(key.table)}(${n}, NULL, false) AS "made";
      END IF;`
    : wait;
  return `${u} := ${uuidsOf(twin.references, n, 'NEW')};
    IF ${u} IS NULL AND ${n} IS NOT NULL THEN
      ${withoutPair}
    END IF;`;
}

function uuidsDecide(
  conversion: IdConversion,
  table: PairedTable,
  twin: PairedReference,
  shape: Shape,
): string {
  const [n, u] = [columnOf('NEW', twin.names.numeric), columnOf('NEW', twin.names.uuid)];
  const key = twin.foreignKeyTo;
  // With a foreign key its row comes later in this transaction, and takes the number that is chosen for it here; or it never comes.
  const withoutPair = key
    ? `SELECT "made"."given_number" INTO ${n} FROM ${pairFunction(key.table)}(NULL, ${u}, false) AS "made";`
    : waitFor(conversion, table, twin, 'uuid', shape);
  return `${n} := ${numbersOf(twin.references, u, 'NEW')};
    IF ${n} IS NULL AND ${u} IS NOT NULL THEN
      ${withoutPair}
    END IF;`;
}

function disagree({ table }: PairedTable, { names }: PairedReference): string {
  const shown = (column: string) => `left(${columnOf('NEW', column)}::text, ${SHOWN_CHARACTERS})`;
  const message = `% of % is %, and % is %: these do not refer to the same, or their pair is not known here yet`;
  return `RAISE EXCEPTION ${escapeLiteral(message)},
      ${escapeLiteral(escapeIdentifier(names.numeric))}, ${escapeLiteral(table)}, ${shown(names.numeric)},
      ${escapeLiteral(escapeIdentifier(names.uuid))}, ${shown(names.uuid)}
      USING ERRCODE = 'check_violation', TABLE = ${escapeLiteral(table)}, COLUMN = ${escapeLiteral(names.uuid)},
            HINT = 'Write one of the two; the other is filled in.';`;
}
