/** Pure: checks, predicates and other expressions of a table that say something about the number itself. */
import { exclusionOperators, parseStatement, uncarriedColumns, uncarriedIn } from '../expressions';
import type { InspectedTable, Inspection } from '../inspection';
import { MOST_PAGES_OF_EXCLUSION } from '../largest-exclusion';
import { refuse, type Refusal, type RefusalCode } from '../refusal';
import type { ConstraintFacts, IndexFacts } from '../table-facts';

/** What can be carried over: see ../expressions. */
const CARRIED =
  'Only whether it is null, and whether it is equal to another converted column of the same key, mean the same for a UUID.';

export function refuseExpressions(inspection: Inspection): readonly Refusal[] {
  return [...inspection.tables.values()].flatMap((table) => [
    ...table.constraints.flatMap((constraint) => refuseConstraint(table, constraint)),
    // Once it has begun, the phase that makes the counterpart says what else can be done.
    ...(inspection.hasBegun ? [] : refuseLargeExclusions(table)),
    ...table.indexes
      .filter(({ constraint }) => constraint === null)
      .flatMap((index) => refuseIndex(table, index)),
    ...inspection
      .ownIndexesOfPartitions(table)
      .flatMap(({ partition, index }) => refuseIndex({ ...table, name: partition.name }, index)),
    ...table.statistics.flatMap(({ name, definition }) =>
      refuseUses(
        'CONVERSION_STATISTICS',
        `statistics ${name} of ${table.name}`,
        'its expressions use',
        uncarriedIn(parseStatement(definition), table.twins),
        'Drop them, and make others after the switch.',
      ),
    ),
    ...table.publications.flatMap(({ name, rowFilter }) =>
      rowFilter === null
        ? []
        : refuseUses(
            'CONVERSION_PUBLICATION',
            `publication ${name} of ${table.name}`,
            `its row filter (${rowFilter}) uses`,
            uncarriedColumns(rowFilter, table.twins),
            'Change the row filter first: ALTER PUBLICATION ... SET TABLE.',
          ),
    ),
  ]);
}

function refuseConstraint(table: InspectedTable, constraint: ConstraintFacts): readonly Refusal[] {
  const { kind, name, definition, expression } = constraint;
  if (constraint.isTemporal && constraint.columns.some((column) => table.twins.has(column))) {
    const problem =
      `${definition} needs a counterpart over UUIDs, which Postgres cannot make while clients use the table. Drop it before the ` +
      'conversion, and make it again after the switch.';
    return [refuse('CONVERSION_TEMPORAL', `constraint ${name} of ${table.name}`, problem)];
  }
  if (kind === 'check' && expression !== null) {
    return refuseUses(
      'CONVERSION_CHECK',
      `check ${name} of ${table.name}`,
      `${expression} uses`,
      uncarriedColumns(expression, table.twins),
      `Drop it first (ALTER TABLE ... DROP CONSTRAINT), and make one that suits UUIDs after the switch.`,
    );
  }
  if (kind === 'exclusion') {
    const compared = exclusionOperators(definition).flatMap(({ column, operator }) =>
      column !== null && operator !== '=' && table.twins.has(column) ? [column] : [],
    );
    const used = [
      ...new Set([
        ...compared,
        ...uncarriedIn(parseStatement(`ALTER TABLE t ADD ${definition}`), table.twins),
      ]),
    ];
    return refuseUses(
      'CONVERSION_EXCLUSION',
      `exclusion constraint ${name} of ${table.name}`,
      `${definition} uses`,
      used,
      'Drop it first, and make one that suits UUIDs after the switch.',
    );
  }
  return [];
}

function refuseLargeExclusions({
  name: table,
  pages,
  constraints,
  twins,
}: InspectedTable): readonly Refusal[] {
  if (pages <= MOST_PAGES_OF_EXCLUSION) return [];
  return constraints
    .filter(({ kind, columns }) => kind === 'exclusion' && columns.some((column) => twins.has(column)))
    .map(({ name, definition }) =>
      refuse(
        'CONVERSION_EXCLUSION_TOO_LARGE',
        `exclusion constraint ${name} of ${table}`,
        `${definition} needs a counterpart over UUIDs. The table has ${pages} pages, and Postgres locks everybody out while it builds one, which is ` +
          `short enough up to ${MOST_PAGES_OF_EXCLUSION} pages. Drop it before the conversion, and make it again after the switch in a moment without clients.`,
      ),
    );
}

function refuseIndex(table: InspectedTable, { name, keys, predicate }: IndexFacts): readonly Refusal[] {
  const expressions = keys.flatMap(({ column, expression }) => (column === null ? [expression] : []));
  const used = [...expressions, ...(predicate === null ? [] : [predicate])].flatMap((expression) =>
    uncarriedColumns(expression, table.twins).map((column) => ({ column, expression })),
  );
  return used.flatMap(({ column, expression }) =>
    refuseUses(
      'CONVERSION_INDEX',
      `index ${name} of ${table.name}`,
      `${expression} uses`,
      [column],
      'Drop it first, and make one that suits UUIDs after the switch.',
    ),
  );
}

function refuseUses(
  code: RefusalCode,
  subject: string,
  what: string,
  columns: readonly string[],
  remedy: string,
): readonly Refusal[] {
  if (columns.length === 0) return [];
  return [
    refuse(
      code,
      subject,
      `${what} ${columns.join(' and ')} in a way that has no meaning for a UUID. ${CARRIED} ${remedy}`,
    ),
  ];
}
