/** Pure: a declaration as the file that a service keeps it in. Formatting is its writer's. */
import type { IdConversion } from '../declaration';

export const DECLARATIONS_FOLDER = 'src/id-conversions';

/** `user-ids` -> `userIds`: what the file exports. */
export const exportedName = (name: string) =>
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

export function declarationFile({ name, service, owner, keys, references }: IdConversion): string {
  const list = (property: string, items: readonly object[]) => [
    `  ${property}: [`,
    ...items.map((item) => `    ${literal(item)},`),
    '  ],',
  ];
  return [
    `import type { IdConversion } from '@hockey-hub/migrator/src/conversion';`,
    '',
    `/** What ${service} has of the id conversion \`${name}\`. */`,
    `export const ${exportedName(name)}: IdConversion = {`,
    ...Object.entries({ name, service, owner }).map(([property, value]) => `  ${property}: ${text(value)},`),
    ...list('keys', keys),
    ...list('references', references),
    '};',
    '',
  ].join('\n');
}

function literal(item: object): string {
  const properties = Object.entries(item).filter(([, value]) => value !== undefined);
  return `{ ${properties.map(([property, value]) => `${property}: ${text(String(value))}`).join(', ')} }`;
}

/** With the quotes that the workspace's formatter would choose. */
const text = (value: string) =>
  value.includes("'") && !value.includes('"')
    ? JSON.stringify(value)
    : `'${value.replace(/[\\']/g, (sign) => `\\${sign}`)}'`;
