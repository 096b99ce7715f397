/** Pure: a squash as the text of its file. */
import { renderMigration, type NewMigration } from '../generate/migration-file';

export interface SquashFile extends Omit<NewMigration, 'statics' | 'comment'> {
  readonly replaces: readonly string[];
  readonly dependsOn: readonly string[];
  readonly irreversible?: string;
}

export function renderSquash({ replaces, dependsOn, irreversible, ...migration }: SquashFile): string {
  const statics = [
    `replaces = [${replaces.map((name) => `\n    '${name}',`).join('')}\n  ]`,
    ...(dependsOn.length > 0 ? [`dependsOn = [${dependsOn.map((name) => `'${name}'`).join(', ')}]`] : []),
    ...(irreversible === undefined ? [] : [`irreversible = ${JSON.stringify(irreversible)}`]),
  ];
  return renderMigration({ ...migration, statics });
}
