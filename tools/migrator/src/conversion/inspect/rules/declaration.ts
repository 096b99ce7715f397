/** Pure: what is wrong with a declaration whatever the database is. */
import {
  isPlainTableName,
  type ConvertedKey,
  type IdConversion,
  type Inspection,
  type Reference,
} from '../inspection';
import { isWithin, JsonPathError, parseJsonPath, type JsonSteps } from '../json-path';
import { refuse, type Refusal } from '../refusal';

export function refuseDeclaration({ conversion, isOwner }: Inspection): readonly Refusal[] {
  const { keys, references } = conversion;
  return [
    ...refuseName(conversion),
    ...[...new Set([...keys, ...references].map(({ table }) => table))].flatMap(refuseTableName),
    ...refuseKeys(keys),
    ...references.flatMap((reference) => refuseTarget(reference, keys, conversion.owner)),
    ...(isOwner ? references.flatMap((reference) => refuseKeyAsReference(reference, keys)) : []),
    ...references.flatMap(refusePath),
    ...referencesByColumn(references).flatMap(refuseTogether),
  ];
}

function refuseName({ name, keys, references }: IdConversion): readonly Refusal[] {
  const found: Refusal[] = [];
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
    const problem = `its name may have letters, digits and hyphens alone, because it becomes a part of other names. Rename it in every service.`;
    found.push(refuse('CONVERSION_NAME_INVALID', `conversion ${JSON.stringify(name)}`, problem));
  }
  if (keys.length === 0) {
    const problem =
      `it declares no key, so nobody knows whose numbers become UUIDs. Name the owner's keys in \`keys\`, also where ` +
      `the service has only references${references.length > 0 ? ', as this one has' : ''}.`;
    found.push(refuse('CONVERSION_NOTHING_TO_CONVERT', `conversion ${name}`, problem));
  }
  return found;
}

function refuseTableName(table: string): readonly Refusal[] {
  if (isPlainTableName(table)) return [];
  const problem = table.startsWith('public.')
    ? `tables of the schema public are declared without it. Write ${JSON.stringify(table.slice('public.'.length))}.`
    : `a table is declared as \`name\`, or \`schema.name\` outside public, so a name with a dot of its own cannot be told apart. Rename it.`;
  return [refuse('CONVERSION_TABLE_NAME_INVALID', `table ${JSON.stringify(table)}`, problem)];
}

function refuseKeys(keys: readonly ConvertedKey[]): readonly Refusal[] {
  const twice = keys.filter(({ table }, index) => keys.findIndex((key) => key.table === table) < index);
  return twice.map(({ table }) =>
    refuse(
      'CONVERSION_KEY_TWICE',
      `key of ${table}`,
      'the table has two entries in `keys`, and references say by the table alone what they point at. Keep one.',
    ),
  );
}

function refuseTarget(
  { table, column, to }: Reference,
  keys: readonly ConvertedKey[],
  owner: string,
): readonly Refusal[] {
  if (keys.some((key) => key.table === to)) return [];
  const problem =
    `it refers to ${to}, whose key is not among the conversion's (${keys.map((key) => key.table).join(', ') || 'none'}). ` +
    `Declare the key of ${owner}'s table in \`keys\`, here and in the owner, or take the reference out.`;
  return [refuse('CONVERSION_UNKNOWN_TARGET', `${table}.${column}`, problem)];
}

function refuseKeyAsReference(
  { table, column, to }: Reference,
  keys: readonly ConvertedKey[],
): readonly Refusal[] {
  if (!keys.some((key) => key.table === table && key.column === column)) return [];
  const problem =
    `it is declared as a key and as a reference to ${to}. Its numbers are those of ${to}, so it gets their UUIDs: take it out of ` +
    `\`keys\`, and declare what points at it with \`to: '${to}'\`.`;
  return [refuse('CONVERSION_KEY_IS_REFERENCE', `${table}.${column}`, problem)];
}

function refusePath(reference: Reference): readonly Refusal[] {
  if (reference.kind !== 'json') return [];
  const path = readPath(reference.path);
  if (!(path instanceof JsonPathError)) return [];
  return [
    refuse('CONVERSION_JSON_PATH_INVALID', `${reference.table}.${reference.column}`, `${path.message}`),
  ];
}

function readPath(path: string): JsonSteps | JsonPathError {
  try {
    return parseJsonPath(path);
  } catch (error) {
    if (error instanceof JsonPathError) return error;
    throw error;
  }
}

function referencesByColumn(references: readonly Reference[]): readonly (readonly Reference[])[] {
  const columns = new Map<string, Reference[]>();
  for (const reference of references) {
    const place = JSON.stringify([reference.table, reference.column]);
    columns.set(place, [...(columns.get(place) ?? []), reference]);
  }
  return [...columns.values()];
}

/** Several references in one column: only paths of one document, and types of one polymorphic pair. */
function refuseTogether(references: readonly Reference[]): readonly Refusal[] {
  const [first, ...others] = references as readonly [Reference, ...Reference[]];
  const subject = `${first.table}.${first.column}`;
  const kinds = [...new Set(references.map(({ kind }) => kind))];
  if (kinds.length > 1) {
    const problem = `its references are of the kinds ${kinds.join(' and ')}, and a column is of one kind. Keep the one that its values are of.`;
    return [refuse('CONVERSION_KINDS_DIFFER', subject, problem)];
  }
  if (others.length === 0) return [];
  const twice = (problem: string) => refuse('CONVERSION_REFERENCE_TWICE', subject, problem);
  switch (first.kind) {
    case 'column':
    case 'array':
      return [
        twice(
          `it is declared ${references.length} times (to ${references.map(({ to }) => to).join(', ')}), and its numbers can be those of one ` +
            'table only. Keep one. If another column says whose they are, it is a polymorphic reference.',
        ),
      ];
    case 'json':
      return overlappingPaths(references).map(([outer, inner]) =>
        twice(
          `the path ${outer} and the path ${inner} lead to the same place. Where a number is, nothing is inside it: keep one of them.`,
        ),
      );
    case 'polymorphic':
      return refusePolymorphic(references, twice);
  }
}

function overlappingPaths(references: readonly Reference[]): readonly (readonly [string, string])[] {
  const paths = references.flatMap((reference) => {
    const steps = reference.kind === 'json' ? readPath(reference.path) : null;
    return reference.kind === 'json' && steps !== null && !(steps instanceof JsonPathError)
      ? [{ path: reference.path, steps }]
      : [];
  });
  return paths.flatMap((outer, index) =>
    paths.flatMap((inner, other) =>
      other !== index &&
      isWithin(inner.steps, outer.steps) &&
      (other > index || !isWithin(outer.steps, inner.steps))
        ? [[outer.path, inner.path] as const]
        : [],
    ),
  );
}

function refusePolymorphic(
  references: readonly Reference[],
  twice: (problem: string) => Refusal,
): readonly Refusal[] {
  const pairs = references.flatMap((reference) => (reference.kind === 'polymorphic' ? [reference] : []));
  const typeColumns = [...new Set(pairs.map(({ typeColumn }) => typeColumn))];
  if (typeColumns.length > 1) {
    return [
      twice(
        `its type stands in ${typeColumns.join(' and in ')}, and they could contradict each other. Name one type column.`,
      ),
    ];
  }
  const values = pairs.map(({ typeValue }) => typeValue);
  const again = [...new Set(values.filter((value, index) => values.indexOf(value) < index))];
  return again.map((value) =>
    twice(`the type ${JSON.stringify(value)} is declared more than once. Keep the one that is true.`),
  );
}
