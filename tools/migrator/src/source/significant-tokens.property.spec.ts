import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Options } from 'prettier';
import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';
// The ordinary entry loads its parts by dynamic import, which Jest's sandbox refuses.
import { format } from 'prettier/standalone';
import { significantTokens } from './significant-tokens';

/** Everything Prettier lets somebody choose for TypeScript, but for its experiments with ternaries. */
const styles: fc.Arbitrary<Options> = fc.record({
  printWidth: fc.integer({ min: 20, max: 200 }),
  tabWidth: fc.integer({ min: 1, max: 8 }),
  useTabs: fc.boolean(),
  semi: fc.boolean(),
  singleQuote: fc.boolean(),
  quoteProps: fc.constantFrom('as-needed', 'consistent', 'preserve'),
  trailingComma: fc.constantFrom('all', 'es5', 'none'),
  bracketSpacing: fc.boolean(),
  objectWrap: fc.constantFrom('preserve', 'collapse'),
  arrowParens: fc.constantFrom('always', 'avoid'),
  experimentalOperatorPosition: fc.constantFrom('start', 'end'),
  endOfLine: fc.constantFrom('lf', 'crlf'),
});

/** A bit of everything that people write into migrations by hand. */
const BY_HAND = String.raw`
import type { MigrationInterface, QueryRunner } from 'typeorm';

type Row = { id: number; name: string } | { id: number; title: string; description: string; comment: string };

export class ByHand1764000000000 implements MigrationInterface {
  static dependsOn = ['user-service:InitialSchema', 'training-service:InitialSchema'];
  static gate = 'switch' as const;

  async up(queryRunner: QueryRunner): Promise<void> {
    const rows: Row[] = await queryRunner.query('select * from "legacy" where name = \'it\'\'s\' and note = "a"', []);
    const names = rows.filter((row) => row.id > 0x1f && !('title' in row)).map(row => ('name' in row ? row.name : null));
    const options = { 'quoted': true, plain: 1, 'needs-quotes': 'both \'kinds\' of "quotes"', nested: { a: [1, 2, 3,], }, };
    for (const { id, ...rest } of rows) {
      if ((id % 2 === 0 && rest !== undefined) || id === 7) continue; else await queryRunner.query('update x set y = $1', [id]);
    }
    await Promise.all(names.map(async name => queryRunner.query('select ' + name + ' from something_long where else = $1', [options])));
    const path = 'C:\\temp\\\'quoted\'', regular = /['"\\;]+(?=,)/g;
    await queryRunner.query(${'`create view "v" as select \'a;,\' as a, ${names.map((n) => `"${n}"`).join(\', \')} from "t"`'}, [path, regular]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("drop view \"v\"");
    if (this.isVeryMuchAllowedToDoThat(queryRunner) && !queryRunner.isReleased && queryRunner.isTransactionActive) return;
    throw new Error('this cannot be taken back: ' + (await queryRunner.query('select version()')) + ' is the version');
  }

  private isVeryMuchAllowedToDoThat(queryRunner: QueryRunner): boolean {
    return (queryRunner.connection.options.type === 'postgres' && queryRunner.isTransactionActive) || !queryRunner.isReleased;
  }
}
`;

const committed = ['user-service', 'training-service'].map((service) =>
  readFileSync(
    join(__dirname, `../../../../apps/${service}/src/migrations/1764000000000-InitialSchema.ts`),
    'utf8',
  ),
);

it.each([
  ['written by hand', BY_HAND, 200],
  ['generated for user-service', committed[0], 5],
  ['generated for training-service', committed[1], 5],
])('does not change however Prettier formats a migration %s', async (_, code = '', numRuns) => {
  await fc.assert(
    fc.asyncProperty(styles, async (style) => {
      const formatted = await format(code, { ...style, parser: 'typescript', plugins: [estree, typescript] });
      expect(significantTokens(formatted)).toEqual(significantTokens(code));
    }),
    { numRuns },
  );
});
