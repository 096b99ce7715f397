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
import { VERBS, type AnyVerb, type SchemaProperty } from './executors/verbs';
import { standardOutput, wantsJson } from './output/output';
import { EXIT } from './report/run-report';
import { SERVICES_FOLDER, discoverServices } from './source/discover-services';

/** @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('hockey-hub-migrator')
    .description('Changes the databases of all services together, in dependency order.')
    .showHelpAfterError();
  for (const { name, schema, load } of VERBS) {
    const command = program
      .command(name)
      .description(schema.title)
      .argument('[services...]', 'the services to work on; all of them when none is named');
    for (const [property, description] of Object.entries(schema.properties)) {
      command.addOption(toOption(property, description, schema.required?.includes(property) === true));
    }
    command.action(async (services: string[], options: Record<string, unknown>) => {
      exitCode = await invoke(await load(), services, options);
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

/** `lockTimeoutMs` becomes `--lock-timeout-ms <number>`; a switch that is on by itself becomes `--no-<switch>`. */
function toOption(
  name: string,
  { type, description, default: preset, alias, minimum }: SchemaProperty,
  required: boolean,
): Option {
  const switchedOff = type === 'boolean' && preset === true;
  const flag = `--${switchedOff ? 'no-' : ''}${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const value =
    { boolean: '', integer: ' <number>', string: ' <text>', array: ' <text...>' }[type] ?? ' <text>';
  const option = new Option(`${alias ? `-${alias}, ` : ''}${flag}${value}`, description).makeOptionMandatory(
    required,
  );
  if (preset !== undefined && !switchedOff) option.default(preset);
  if (type === 'integer') option.argParser((text) => parseInteger(flag, text, minimum ?? 0));
  return option;
}

function parseInteger(flag: string, text: string, minimum: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= minimum) return value;
  throw new InvalidArgumentError(`${flag} takes a whole number from ${minimum}.`);
}
