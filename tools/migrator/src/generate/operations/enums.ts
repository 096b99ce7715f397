/** Pure: enums. Labels are added where that is enough; otherwise a new type takes the old one's place. */
import type { EnumType } from '../../catalog/catalog';
import type { SchemaChange } from '../schema-change';
import { quotedName } from '../../catalog/quoted-name';
import { nameWithSuffix, quote, quotedText } from '../sql-text';
import { at, type Action } from '../steps';

export function changeEnums({ from, to, rebuiltEnums }: SchemaChange): Action[] {
  const created = Object.entries(to.enums)
    .filter(([name]) => !from.enums[name] || rebuiltEnums.has(name))
    .flatMap(([, type]) => at('create enum', createEnum(type)));
  const changed = Object.entries(from.enums).flatMap(([name, old]) => {
    const wanted = to.enums[name];
    if (!wanted) return at('drop enum', `drop type ${quotedName(old)}`);
    return rebuiltEnums.has(name) ? makeWay(wanted) : addLabels(old, wanted);
  });
  return [...created, ...changed];
}

function createEnum(type: EnumType): string {
  return `create type ${quotedName(type)} as enum (${type.labels.map(quotedText).join(', ')})`;
}

/** The columns are given the new type in between, as changes of their type. */
function makeWay(type: EnumType): Action[] {
  const old = { schema: type.schema, name: nameWithSuffix(type.name, '__old') };
  return [
    ...at('prepare enum', `alter type ${quotedName(type)} rename to ${quote(old.name)}`),
    ...at('drop enum', `drop type ${quotedName(old)}`),
  ];
}

/** Each is placed beside a label that is there by then. */
function addLabels(old: EnumType, wanted: EnumType): Action[] {
  return wanted.labels.flatMap((name, index) => {
    if (old.labels.includes(name)) return [];
    const [previous, next] = [
      wanted.labels[index - 1],
      wanted.labels.slice(index + 1).find((other) => old.labels.includes(other)),
    ];
    const place =
      next === undefined
        ? ''
        : previous === undefined
          ? ` before ${quotedText(next)}`
          : ` after ${quotedText(previous)}`;
    return at(
      'prepare enum',
      `alter type ${quotedName(old)} add value if not exists ${quotedText(name)}${place}`,
    );
  });
}
