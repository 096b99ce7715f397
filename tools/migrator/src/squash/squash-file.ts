/** Pure: a squash as the text of its file. */
import { renderMigration } from '../generate/migration-file';

export interface SquashFile {
  readonly name: string;
  readonly timestamp: number;
  readonly up: readonly string[];
  readonly down: readonly string[];
  readonly replaces: readonly string[];
  readonly dependsOn: readonly string[];
  readonly transaction: boolean;
  readonly irreversible?: string;
}

export function renderSquash({
  replaces,
  dependsOn,
  transaction,
  irreversible,
  ...migration
}: SquashFile): string {
  const statics = [
    `  static replaces = [${replaces.map((name) => `\n    '${name}',`).join('')}\n  ];`,
    ...(dependsOn.length > 0
      ? [`  static dependsOn = [${dependsOn.map((name) => `'${name}'`).join(', ')}];`]
      : []),
    ...(transaction ? [] : ['  static transaction = false;']),
    ...(irreversible === undefined ? [] : [`  static irreversible = ${JSON.stringify(irreversible)};`]),
    '',
    '',
  ].join('\n');
  const opening = `export class ${migration.name}${migration.timestamp} implements MigrationInterface {\n`;
  return renderMigration(migration).replace(opening, () => opening + statics);
}
