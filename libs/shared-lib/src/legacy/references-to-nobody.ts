/**
 * References to users who were deleted long ago have no UUID, and so are decided about before the conversion fills any. The decision is
 * written where those about the other legacy rows are; what the conversion took out because of it is told by a check at the
 * end of the road, row by row.
 */
import type { LegacyCheck, LegacyChoice } from './legacy-check';
import { decidingStatement, readDecisionsOf, WHOLE_KIND } from './legacy-decisions';
import { LegacyError } from './legacy-error';
import type { RunSql } from './run-sql';

const KIND = 'references-to-nobody';
const CHOICES: readonly LegacyChoice[] = [
  {
    choice: 'set-null',
    means: 'they become null; an element of an array or a document becomes null in its place',
  },
  {
    choice: 'quarantine',
    means: 'they become null; an element leaves its array or document',
  },
];

/** A check of LegacyToTarget: what the conversion took out. */
export const referencesToNobody: LegacyCheck = {
  kind: KIND,
  what: 'references to users who are gone, which the conversion took out and keeps in id_conversion.dangling',
  rows: `
    SELECT d."column_name", d."table_name", coalesce(d."row_key" ->> 'id', d."row_key"::text),
      string_agg(coalesce('number ' || (d."value" ->> 'number'), 'the whole row'), ', ' ORDER BY d."id") || ' of nobody: ' || min(d."decision")
    FROM "id_conversion"."dangling" AS d GROUP BY 1, 2, 3`,
  choices: CHOICES,
  isDecidedEarlier: true,
};

/** As much of a conversion's declaration as is asked here. */
interface Referring {
  readonly service: string;
  readonly references: readonly {
    readonly table: string;
    readonly column: string;
    readonly dangling?: 'fail' | 'quarantine' | 'set-null';
  }[];
}

/**
 * Runs `convert` with each reference as somebody decided about it, and as the declaration says where nobody did.
 * @throws LegacyError LEGACY_DECISION_INVALID; LEGACY_ROWS_UNDECIDED in the place of the conversion's DANGLING_REFERENCES
 */
export async function withDecidedReferences<Conversion extends Referring>(
  run: RunSql,
  conversion: Conversion,
  convert: (decided: Conversion) => Promise<void>,
): Promise<void> {
  const places = [...new Set(conversion.references.map(placeOf))];
  const decisions = await readDecisionsOf(run, { kind: KIND, choices: CHOICES, subjects: places });
  const references = conversion.references.map((reference) => {
    const decision =
      decisions.find(({ subject }) => subject === placeOf(reference)) ??
      decisions.find(({ subject }) => subject === WHOLE_KIND);
    return decision ? { ...reference, dangling: decision.choice } : reference;
  });
  try {
    await convert({ ...conversion, references });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'DANGLING_REFERENCES') throw error;
    throw undecided(conversion.service, places, error as Stop);
  }
}

const placeOf = ({ table, column }: { table: string; column: string }) => `${table}.${column}`;

/** The conversion's own error says, after what it found, how to decide in the declaration: for a legacy database there is one place to decide. */
type Stop = Error & { readonly found?: string };

function undecided(service: string, places: readonly string[], cause: Stop): LegacyError {
  const widest = Math.max(...CHOICES.map(({ choice }) => choice.length));
  return new LegacyError(
    'LEGACY_ROWS_UNDECIDED',
    [
      cause.found ?? cause.message,
      '1. Correct the rows that you can: write a number that exists, or delete the row.',
      `2. Decide about the rest, with psql in the database of ${service}; about all of them for example by:`,
      `     ${decidingStatement(KIND, WHOLE_KIND, CHOICES[0]!)}`,
      `   or about one column, its name in the place of '${WHOLE_KIND}': ${places.join(', ')}`,
      '   as one of these:',
      ...CHOICES.map(({ choice, means }) => `     ${choice.padEnd(widest)}   ${means}`),
      '   Both can be taken back: reverting this migration puts the numbers where they were.',
      '3. Run the same command again.',
    ].join('\n'),
    { cause },
  );
}
