/** Pure: columns whose type, default or making does not fit. */
import { emptyDefault } from '../empty-default';
import { kindOf, type InspectedColumn, type Inspection } from '../inspection';
import { refuse, type Refusal } from '../refusal';

const INTEGERS = ['smallint', 'integer', 'bigint'];
const LENGTH_OF_UUID = 36;

export function refuseColumns(inspection: Inspection): readonly Refusal[] {
  return [
    ...refuseAbsent(inspection),
    ...inspection.columns.flatMap((inspected) => [
      ...refuseType(inspected),
      ...refuseKey(inspected),
      ...refuseTypeColumns(inspected, inspection),
      ...refuseDefault(inspected),
      ...refuseGenerated(inspected),
      ...refuseSetNull(inspected),
    ]),
  ];
}

function refuseAbsent(inspection: Inspection): readonly Refusal[] {
  return [...inspection.tables.values()].flatMap((table) =>
    [...table.twins.keys()]
      .filter((name) => !table.columns.some((column) => column.name === name))
      .map((name) =>
        refuse(
          'CONVERSION_COLUMN_NOT_FOUND',
          `${table.name}.${name}`,
          `the table has no such column; it has ${table.columns.map((column) => column.name).join(', ')}. Correct the declaration.`,
        ),
      ),
  );
}

function refuseType({ twin, column, subject }: InspectedColumn): readonly Refusal[] {
  const { type } = column;
  if (column.domainOver !== null) {
    const problem = `its type is the domain ${type}, whose rules are about ${column.domainOver} and not about UUIDs. Make it a plain ${column.domainOver} first.`;
    return [refuse('CONVERSION_DOMAIN_TYPE', subject, problem)];
  }
  if (twin.role === 'key') {
    if (INTEGERS.includes(type)) return [];
    const problem =
      type === 'uuid'
        ? 'it is a uuid already. Take it out of the declaration.'
        : `it is ${type}; a key that is converted is ${INTEGERS.join(', ')}. Change the type first, or keep the key as it is.`;
    return [refuse('CONVERSION_KEY_TYPE', subject, problem)];
  }
  const problem = wrongReferenceType(kindOf(twin), type);
  return problem === null ? [] : [refuse('CONVERSION_REFERENCE_TYPE', subject, problem)];
}

function wrongReferenceType(kind: ReturnType<typeof kindOf>, type: string): string | null {
  switch (kind) {
    case 'column':
      if (INTEGERS.includes(type)) return null;
      return type.endsWith('[]')
        ? `it is ${type}, an array. Declare it with kind 'array'.`
        : `it is ${type}; a reference of kind 'column' is ${INTEGERS.join(', ')}. Change its type first, or its kind in the declaration.`;
    case 'array':
      if (INTEGERS.some((integer) => type === `${integer}[]`)) return null;
      return `it is ${type}; a reference of kind 'array' is ${INTEGERS.map((name) => `${name}[]`).join(', ')}. Change its type first, or its kind in the declaration.`;
    case 'json':
      if (type === 'jsonb') return null;
      return type === 'json'
        ? 'it is json, whose documents can be read but not changed in place. Convert it first: ALTER COLUMN ... TYPE jsonb.'
        : `it is ${type}; a reference of kind 'json' is jsonb. Change its kind in the declaration.`;
    case 'polymorphic': {
      const limit = /^character varying(?:\((\d+)\))?$/.exec(type);
      if (type === 'text' || (limit && Number(limit[1] ?? LENGTH_OF_UUID) >= LENGTH_OF_UUID)) return null;
      return limit
        ? `it is ${type}, and a UUID has ${LENGTH_OF_UUID} characters. Widen it first: ALTER COLUMN ... TYPE varchar(${LENGTH_OF_UUID}), which rewrites nothing.`
        : `it is ${type}; a polymorphic reference is text or varchar, so that it can hold a number as well as a UUID. Change its type first.`;
    }
  }
}

/** What references point at: one row for each value, at every moment. */
function refuseKey({ table, twin, column, subject }: InspectedColumn): readonly Refusal[] {
  if (twin.role !== 'key') return [];
  const isUnique = table.indexes.some(
    ({ unique, isValid, isImmediate, predicate, columns }) =>
      unique &&
      isValid &&
      isImmediate &&
      predicate === null &&
      columns.length === 1 &&
      columns[0] === column.name,
  );
  if (isUnique && column.notNull) return [];
  const problem =
    'it is no key by itself: neither the primary key nor NOT NULL with a unique index that is valid, whole and not deferrable. ' +
    'Several rows could have one number, and only one of them its UUID. Make it unique first, or declare the column that is.';
  return [refuse('CONVERSION_KEY_NOT_UNIQUE', subject, problem)];
}

function refuseTypeColumns(
  { table, twin, subject }: InspectedColumn,
  inspection: Inspection,
): readonly Refusal[] {
  if (twin.role === 'key') return [];
  return twin.references.flatMap((reference) => {
    if (reference.kind !== 'polymorphic') return [];
    const { typeColumn, typeValue } = reference;
    const found = table.columns.find(({ name }) => name === typeColumn);
    const problem = !found
      ? `its type column ${typeColumn} is not in the table. Correct the declaration.`
      : inspection.twinAt(table.name, typeColumn)
        ? `its type column ${typeColumn} is converted itself, so it cannot say whose numbers these are. Correct the declaration.`
        : found.enumLabels && !found.enumLabels.includes(typeValue)
          ? `its type column ${typeColumn} can never be ${JSON.stringify(typeValue)}: it is one of ${found.enumLabels.join(', ')}. Correct the declaration.`
          : null;
    return problem === null ? [] : [refuse('CONVERSION_TYPE_COLUMN', subject, problem)];
  });
}

function refuseDefault({ twin, column, subject }: InspectedColumn): readonly Refusal[] {
  const { default: expression, sequence } = column;
  if (expression === null || /^NULL(::|$)/.test(expression)) return [];
  const fits =
    twin.role === 'key'
      ? sequence !== null && expression.startsWith('nextval(')
      : emptyDefault(expression) !== null;
  if (fits) return [];
  const problem =
    twin.role === 'key'
      ? `its default is ${expression}, of which nobody can say what it gives after the switch. Take numbers from a sequence (nextval of a ` +
        'regclass, or an identity), or drop the default.'
      : `its default is ${expression}, a number that would have to be a UUID after the switch. Drop the default; an empty array or an ` +
        'empty document may stay.';
  return [refuse('CONVERSION_DEFAULT', subject, problem)];
}

function refuseGenerated({ table, column, subject }: InspectedColumn): readonly Refusal[] {
  if (column.generated !== null) {
    const problem = `it is generated (${column.generated}), so no UUID can be written to its twin. Make it a plain column first: ALTER COLUMN ... DROP EXPRESSION.`;
    return [refuse('CONVERSION_GENERATED', subject, problem)];
  }
  return table.columns
    .filter(({ generatedFrom }) => generatedFrom.includes(column.name))
    .map(({ name, generated }) =>
      refuse(
        'CONVERSION_GENERATED',
        subject,
        `the column ${name} is generated from it (${generated}), and would have to be made from UUIDs after the switch, for every row at once. ` +
          `Drop ${name}, or make it a plain column first: ALTER COLUMN ... DROP EXPRESSION.`,
      ),
    );
}

function refuseSetNull({ twin, column, subject }: InspectedColumn): readonly Refusal[] {
  if (twin.role === 'key' || !column.notNull) return [];
  if (kindOf(twin) !== 'column' && kindOf(twin) !== 'polymorphic') return [];
  if (!twin.references.some(({ dangling }) => dangling === 'set-null')) return [];
  const problem = `its dangling references are to become null, and it is NOT NULL. Declare 'fail' or 'quarantine', or make it nullable first.`;
  return [refuse('CONVERSION_CANNOT_SET_NULL', subject, problem)];
}
