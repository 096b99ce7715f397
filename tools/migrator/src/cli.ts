/**
 * The migrator's verbs without Nx, for the production image and for programs: the same functions that the executors
 * call, with options from the same schema.json files.
 *
 *   hockey-hub-migrator migrate [service...] [options]
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from './config';
import { toReportedError } from './errors';
import { createVerb } from './executors/migration-create/executor';
import createSchema from './executors/migration-create/schema.json';
import { generateVerb } from './executors/migration-generate/executor';
import generateSchema from './executors/migration-generate/schema.json';
import { revertVerb } from './executors/migration-revert/executor';
import revertSchema from './executors/migration-revert/schema.json';
import { statusVerb } from './executors/migration-status/executor';
import statusSchema from './executors/migration-status/schema.json';
import { migrateVerb } from './executors/migrate/executor';
import migrateSchema from './executors/migrate/schema.json';
import type { Verb } from './executors/verb';
import { standardOutput, wantsJson } from './output/output';
import { EXIT } from './report/run-report';
import { SERVICES_FOLDER, discoverServices } from './source/discover-services';

/** As much of a schema.json as the command line needs. */
interface Schema {
  readonly title: string;
  readonly properties: Readonly<Record<string, SchemaProperty>>;
  readonly required?: readonly string[];
}

interface SchemaProperty {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
  readonly alias?: string;
  readonly minimum?: number;
}

// A verb's options have the type that its schema describes, which is checked against it as the options are read.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyVerb = Verb<any>;

const VERBS: readonly (readonly [string, AnyVerb, Schema])[] = [
  ['migrate', migrateVerb, migrateSchema],
  ['migration-revert', revertVerb, revertSchema],
  ['migration-status', statusVerb, statusSchema],
  ['migration-generate', generateVerb, generateSchema],
  ['migration-create', createVerb, createSchema],
];

/** @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('hockey-hub-migrator')
    .description('Changes the databases of all services together, in dependency order.')
    .showHelpAfterError();
  for (const [name, verb, schema] of VERBS) {
    const command = program
      .command(name)
      .description(schema.title)
      .argument('[services...]', 'the services to work on; all of them when none is named');
    for (const [property, description] of Object.entries(schema.properties)) {
      command.addOption(toOption(property, description, schema.required?.includes(property) === true));
    }
    command.action(async (services: string[], options: Record<string, unknown>) => {
      exitCode = await invoke(verb, services, options);
    });
  }
  await program.parseAsync(argv);
  return exitCode;
}

async function invoke(
  verb: AnyVerb,
  named: readonly string[],
  options: Record<string, unknown>,
): Promise<number> {
  try {
    const workspaceRoot = findWorkspaceRoot(process.cwd());
    const config = readConfig({ workspaceRoot, services: await discoverServices(workspaceRoot) });
    const services = named.length > 0 ? named : config.services.map(({ name }) => name);
    const output = standardOutput({ json: wantsJson(options), interactive: config.interactive });
    return (await verb({ config, services, options, output })).exitCode;
  } catch (error) {
    const reported = toReportedError(error);
    process.stderr.write(`${reported.message}\n`);
    // A program that asked for JSON gets a document whatever happens.
    if (wantsJson(options)) process.stdout.write(`${JSON.stringify({ error: reported }, undefined, 2)}\n`);
    return EXIT.error;
  }
}

/** The nearest folder upwards that has services. */
function findWorkspaceRoot(from: string): string {
  if (existsSync(join(from, SERVICES_FOLDER))) return from;
  const parent = dirname(from);
  return parent === from ? process.cwd() : findWorkspaceRoot(parent);
}

/** `lockTimeoutMs` becomes `--lock-timeout-ms <number>`. */
function toOption(
  name: string,
  { type, description, default: preset, alias, minimum }: SchemaProperty,
  required: boolean,
): Option {
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const value =
    { boolean: '', integer: ' <number>', string: ' <text>', array: ' <text...>' }[type] ?? ' <text>';
  const option = new Option(`${alias ? `-${alias}, ` : ''}${flag}${value}`, description).makeOptionMandatory(
    required,
  );
  if (preset !== undefined) option.default(preset);
  if (type === 'integer') option.argParser((text) => parseInteger(flag, text, minimum ?? 0));
  return option;
}

function parseInteger(flag: string, text: string, minimum: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= minimum) return value;
  throw new InvalidArgumentError(`${flag} takes a whole number from ${minimum}.`);
}
