/** Pure: pieces of migrations for advice, as one would paste them into a file. */

/** Statements of one migration. */
export function inMigration(...statements: readonly string[]): string {
  return statements.map((sql) => `await queryRunner.query(\`${templateText(sql)}\`);`).join('\n');
}

/** Statements of one migration that must not run in a transaction. */
export function outsideTransaction(...statements: readonly string[]): string {
  return `static transaction = false;\n...\n${inMigration(...statements)}`;
}

/** Statements of several migrations, one after the other. */
export function inMigrations(...migrations: readonly (readonly string[])[]): string {
  return migrations
    .map(
      (statements, index) =>
        `// migration ${index + 1} of ${migrations.length}\n${inMigration(...statements)}`,
    )
    .join('\n');
}

/** Changes rows a few thousand at a time, each batch a transaction of its own. */
export function inBatches(table: string, assignments: string, unfinished: string): string {
  return [
    'static transaction = false;',
    '...',
    'let changed: number;',
    'do {',
    '  [, changed] = await queryRunner.query(',
    `    \`UPDATE ${table} SET ${templateText(assignments)} WHERE id IN (SELECT id FROM ${table} WHERE ${templateText(unfinished)} LIMIT 5000)\`,`,
    '  );',
    '} while (changed > 0);',
  ].join('\n');
}

function templateText(sql: string): string {
  return sql.trim().replace(/[`\\]|\$\{/g, '\\$&');
}
