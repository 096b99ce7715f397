/** Pure: views and policies that read more of a converted column than which row it means. Their types are tried: see ../try-on-uuids. */
import { columnsCastToNumbers, wholeRowsOf } from '../expressions';
import { kindOf, type Inspection } from '../inspection';
import { refuse, type Refusal } from '../refusal';

export function refuseViews(inspection: Inspection): readonly Refusal[] {
  return inspection.facts.views.flatMap(({ name, definition, reads }) => {
    const rows = wholeRowsOf(definition).filter((table) => inspection.tables.has(table));
    const casts = columnsCastToNumbers(definition, textsAmong(inspection, reads));
    return [
      ...rows.map((table) =>
        refuse(
          'CONVERSION_VIEW_OF_WHOLE_ROWS',
          `view ${name}`,
          `it reads whole rows of ${table}, so the columns that the conversion adds would show in it. Name the columns that it is about.`,
        ),
      ),
      ...casts.map((column) => refuse('CONVERSION_VIEW', `view ${name}`, castsToNumber(column))),
    ];
  });
}

export function refusePolicies(inspection: Inspection): readonly Refusal[] {
  const policies = [
    ...[...inspection.tables.values()].flatMap((table) => table.policies),
    ...inspection.facts.otherPolicies,
  ];
  return policies.flatMap(({ name, table, using, check, reads }) => {
    const texts = textsAmong(inspection, reads);
    const casts = [using, check].flatMap((expression) =>
      expression === null ? [] : columnsCastToNumbers(`SELECT ${expression}`, texts),
    );
    return [...new Set(casts)].map((column) =>
      refuse('CONVERSION_POLICY', `policy ${name} of ${table}`, castsToNumber(column)),
    );
  });
}

const castsToNumber = (column: string) =>
  `it casts what it finds in ${column} to a number, which fails for a UUID, and only when it runs. Change it first, so that it compares texts.`;

/** The columns in which numbers are parts of texts and documents: nobody but a run can tell what a cast finds there. */
function textsAmong(
  inspection: Inspection,
  reads: Readonly<Record<string, readonly string[]>>,
): ReadonlySet<string> {
  const isText = (table: string, column: string) => {
    const twin = inspection.twinAt(table, column);
    return twin !== undefined && (kindOf(twin) === 'json' || kindOf(twin) === 'polymorphic');
  };
  return new Set(
    Object.entries(reads).flatMap(([table, columns]) => columns.filter((column) => isText(table, column))),
  );
}
