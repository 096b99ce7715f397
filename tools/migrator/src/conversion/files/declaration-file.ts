/** Pure: a declaration as the file that a service keeps it in. Formatting is its writer's. */
import type { IdConversion } from '../declaration';

export const DECLARATIONS_FOLDER = 'src/id-conversions';

/** `user-ids` -> `userIds`: what the file exports. */
export const exportedName = (name: string) =>
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

export function declarationFile(conversion: IdConversion): string {
  return [
    `import type { IdConversion } from '@hockey-hub/migrator/src/conversion';`,
    '',
    `/** What ${conversion.service} has of the id conversion \`${conversion.name}\`. */`,
    `export const ${exportedName(conversion.name)}: IdConversion = ${literal(conversion)};`,
    '',
  ].join('\n');
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const properties = Object.entries(value).filter(([, property]) => property !== undefined);
  return `{ ${properties.map(([name, property]) => `${name}: ${literal(property)}`).join(', ')} }`;
}
