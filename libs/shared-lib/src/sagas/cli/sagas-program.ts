/**
 * The sagas of a service from the command line:
 *
 *     npx nx run user-service:sagas -- list [--saga NAME] [--state STATE] [--limit N] [--json]
 *     npx nx run user-service:sagas -- inspect ID [--json]
 *     npx nx run user-service:sagas -- retry ID | cancel ID
 *
 * Works on the database and not through the service: a service that is down, or stuck, is when this is needed. What it orders is
 * kept there and carried out as soon as a process runs the saga.
 *
 * Ends with 0, or 1 when something failed (the database is away), 2 when it was called wrongly, 3 when there is no such saga,
 * 4 when what was asked for is not possible any more.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { ConfigError } from '../../config/config-error';
import type { DatabaseConfig } from '../../config/database.config';
import { createDataSource, type ServiceDatabase } from '../../database/data-source';
import { dbosPool } from '../dbos-settings';
import { SagaError, type SagaErrorCode } from '../saga-error';
import { SAGA_STATES } from '../saga-progress';
import { cancelSaga, retrySaga } from '../saga-orders';
import { SagaStore, type SagaFilter } from '../saga-store';
import { detailsOf, viewOf } from '../saga-view';
import { renderSaga, renderSagas } from './render-sagas';

const EXIT: Partial<Record<SagaErrorCode, number>> = { SAGA_NOT_FOUND: 3, SAGA_OVER: 4, SAGA_PAST_PIVOT: 4 };

const CONNECTIONS = 2;

export interface SagasProgramOptions {
  readonly out?: (line: string) => void;
  readonly err?: (line: string) => void;
  /** How to reach the database; read from the environment when left out. */
  readonly config?: Readonly<DatabaseConfig>;
}

/**
 * @param args what follows the program's name
 * @returns the exit status
 */
export async function runSagasProgram(
  service: string,
  args: readonly string[],
  { out = console.log, err = console.error, config }: SagasProgramOptions = {},
): Promise<number> {
  const withStore: WithStore = (work) => onStore({ service, entities: [], config }, work);
  try {
    await program(service, { out, err, withStore }).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    // commander has told already what was wrong with the arguments.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof ConfigError || error instanceof SagaError) {
      err(`${error.code}: ${error.message}`);
      return error instanceof SagaError ? (EXIT[error.code] ?? 1) : 1;
    }
    err(`the sagas of ${service} cannot be read: ${causeOf(error)}`);
    return 1;
  }
}

type WithStore = <Result>(work: (store: SagaStore) => Promise<Result>) => Promise<Result>;

interface Means {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly withStore: WithStore;
}

function program(service: string, { out, err, withStore }: Means): Command {
  const json = () => new Option('--json', 'print JSON');
  const root = new Command(`nx run ${service}:sagas --`)
    .description(`Sagas of ${service}`)
    .exitOverride()
    .configureOutput({ writeOut: (text) => out(text.trimEnd()), writeErr: (text) => err(text.trimEnd()) });
  root
    .command('list')
    .description('the newest sagas')
    .option('--saga <name>', 'of this name')
    .addOption(new Option('--state <state>', 'in this state').choices([...SAGA_STATES]))
    .option('--limit <n>', 'how many', positive, 50)
    .addOption(json())
    .action(async ({ json: asJson, ...filter }: SagaFilter & { json?: true }) => {
      const sagas = (await withStore((store) => store.list(filter))).map(viewOf);
      out(asJson ? JSON.stringify(sagas, null, 2) : renderSagas(sagas));
    });
  root
    .command('inspect <id>')
    .description('one saga, with its steps')
    .addOption(json())
    .action(async (id: string, options: { json?: true }) => {
      const saga = detailsOf(await withStore((store) => store.find(id)));
      out(options.json ? JSON.stringify(saga, null, 2) : renderSaga(saga));
    });
  root
    .command('retry <id>')
    .description('make a saga that waits, or is stuck, go on now')
    .action(async (id: string) => {
      await withStore((store) => retrySaga(store, id));
      out(`${id} goes on as soon as ${service} runs it`);
    });
  root
    .command('cancel <id>')
    .description('stop a saga and take back what it did')
    .action(async (id: string) => {
      await withStore((store) => cancelSaga(store, id));
      out(`${id} is taken back as soon as ${service} runs it`);
    });
  return root;
}

async function onStore<Result>(
  database: ServiceDatabase,
  work: (store: SagaStore) => Promise<Result>,
): Promise<Result> {
  const pool = dbosPool(createDataSource(database), database.service, CONNECTIONS);
  try {
    const store = await SagaStore.on(pool, database.service);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    await pool.end();
  }
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('it must be a number from 1');
}

const UNDEFINED_SCHEMA = ['3F000', '42P01'];

/** By its code: a driver's message may name the server and its user. */
function causeOf(error: unknown): string {
  const code = String((error as { code?: unknown } | null)?.code ?? 'UNKNOWN');
  return UNDEFINED_SCHEMA.includes(code)
    ? `its database has no sagas (${code}): run its migrations`
    : `its database does not answer as it should (${code})`;
}
