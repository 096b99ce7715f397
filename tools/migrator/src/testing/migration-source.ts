/** A fixture's migration in a few words -> the TypeScript that a person would have written. */

/** Everything a migration can say; `up` and `down` are SQL statements, in order. */
export interface MigrationSpec {
  readonly up: readonly string[];
  readonly down?: readonly string[];
  readonly dependsOn?: readonly string[];
  readonly gate?: 'switch' | 'contract';
  readonly transaction?: boolean;
  readonly replaces?: readonly string[];
}

/** The class that a file named `1700000000000-AddTeams` must export: `AddTeams1700000000000`. */
export function classNameOf(fileName: string): string {
  const [timestamp, name] = fileName.split('-');
  return `${name}${timestamp}`;
}

/** @param fileName without extension, such as `1700000000000-AddTeams` */
export function migrationSource(fileName: string, spec: MigrationSpec, className = classNameOf(fileName)) {
  const { up, down = [], dependsOn, gate, transaction, replaces } = spec;
  const statics = Object.entries({ dependsOn, gate, transaction, replaces }).flatMap(([name, value]) =>
    value === undefined ? [] : [`  static ${name} = ${JSON.stringify(value)};`],
  );
  return [
    `import type { MigrationInterface, QueryRunner } from 'typeorm';`,
    '',
    `export class ${className} implements MigrationInterface {`,
    ...statics,
    ...method('up', up),
    ...method('down', down),
    '}',
    '',
  ].join('\n');
}

function method(name: string, statements: readonly string[]): string[] {
  return [
    `  async ${name}(queryRunner: QueryRunner): Promise<void> {`,
    ...statements.map((sql) => `    await queryRunner.query(${JSON.stringify(sql)});`),
    '  }',
  ];
}
