/** Who generates: each prints the migration it would write, and writes nothing. */
import { join } from 'node:path';
import type { Contender } from '../contenders/contender';
import { runProgram } from '../contenders/run-program';
import { BenchError } from '../errors';
import type { GenerateCase } from './cases';
import { SERVICE, TYPEORM_COMMAND, TYPEORM_TARGET } from './service-copy';

/** Stable keys, as in generate.json. */
export type GeneratorName = 'nx' | 'typeorm-nx' | 'cli' | 'typeorm';

export const GENERATOR_TITLES: Readonly<Record<GeneratorName, string>> = {
  nx: `ours, \`nx run ${SERVICE}:migration-generate\``,
  'typeorm-nx': `TypeORM CLI, \`nx run ${SERVICE}:${TYPEORM_TARGET}\``,
  cli: 'ours, command line',
  typeorm: 'TypeORM CLI, `migration:generate`',
};

const NX = join('node_modules', '.bin', 'nx');
const CLI = require.resolve('@hockey-hub/migrator/bin/hockey-hub-migrator.js');

/** What Node is told. */
const ARGUMENTS: Readonly<Record<GeneratorName, readonly string[]>> = {
  nx: [NX, 'run', `${SERVICE}:migration-generate`, '--name', 'Change', '--dry-run'],
  cli: [CLI, 'migration-generate', SERVICE, '--name', 'Change', '--dry-run'],
  'typeorm-nx': [NX, 'run', `${SERVICE}:${TYPEORM_TARGET}`],
  typeorm: TYPEORM_COMMAND,
};

/** @param root of the workspace with the service's copy */
export function generators(
  root: string,
  serverUrl: string,
  { makes }: GenerateCase,
): Contender<GeneratorName>[] {
  const names: readonly GeneratorName[] = ['nx', 'typeorm-nx', 'cli', 'typeorm'];
  return names.map((name) => ({
    name,
    run: async () => {
      const { wallMs, stdout } = await runProgram({
        args: ARGUMENTS[name],
        cwd: root,
        env: { DATABASE_URL: serverUrl, TS_NODE_PROJECT: 'tsconfig.base.json' },
      });
      if (!makesTable(stdout, makes)) throw generatedSomethingElse(name, makes, stdout);
      return { wallMs };
    },
  }));
}

/** Whether a printed migration has the statement, however the generator quotes names. */
export function makesTable(printed: string, table: string): boolean {
  return new RegExp(String.raw`create table (?:[\\"]*public[\\"]*\.)?[\\"]*${table}\b`, 'i').test(printed);
}

function generatedSomethingElse(name: GeneratorName, table: string, printed: string): BenchError {
  return new BenchError(
    'DIFFERENT_OUTCOME',
    `${GENERATOR_TITLES[name]} generated nothing that makes the table ${table}, so its time means nothing. It printed:\n` +
      printed.slice(0, 2_000),
  );
}
