/**
 * The room `trial-schemas` owns the proof that a conversion is general: whole schemas, the one that has one of everything and random
 * ones, go through the phases themselves, all the way and back, and what their rows mean is compared after each. It owns no part of a
 * conversion, and knows as little of how one works as a client does. Only specs use it.
 *
 *   drawn-schema -> trial-model -> trial-statements     a random schema, and the statements that make it
 *   first-rows, random-writes -> expected-rows          what is written, before and in between, and so what there shall be
 *   trial-database                                      the phases, on a database
 *   row-meanings, catalog-face                          what is there: rows with labels in the place of ids, and what hangs on tables
 *
 * This file is the property of random schemas.
 */
import { escapeIdentifier } from 'pg';
import { useDefaultPath } from '../../catalog/read-catalog';
import { compareSchemas, readSchema } from '../../catalog/schema';
import { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import { inspectConversion } from '../inspect/inspect-conversion';
import { readFacts } from '../inspect/read-facts';
import { quotedTable, schemaAndName } from '../names';
import type { Shape } from '../twins';
import { faceOf } from './catalog-face';
import { Dice } from './dice';
import { ExpectedRows } from './expected-rows';
import { firstRows } from './first-rows';
import { RandomWrites, type TrialClient } from './random-writes';
import { RowMeanings, type Meanings } from './row-meanings';
import { createTrialDatabase, PHASE_NAMES, type PhaseName, type TrialDatabase } from './trial-database';
import type { SchemaModel } from './trial-model';
import { declarationOf, foreignKeysOf, sequencesOf, tablesOf } from './trial-statements';

/** Between two phases: who may be there. */
interface Moment {
  readonly shape: Shape;
  readonly clients: readonly Shape[];
}

const MOMENTS: Readonly<Record<PhaseName | 'nothing', Moment>> = {
  nothing: { shape: 'numeric', clients: [] },
  addUuidColumns: { shape: 'numeric', clients: ['numeric'] },
  generateUuids: { shape: 'numeric', clients: ['numeric'] },
  updateReferences: { shape: 'numeric', clients: ['numeric', 'uuid'] },
  switchPrimaryKeys: { shape: 'uuid', clients: ['numeric', 'uuid'] },
  removeNumericIds: { shape: 'uuid', clients: ['uuid'] },
};

export type Outcome =
  { readonly kind: 'converted' } | { readonly kind: 'refused'; readonly codes: readonly string[] };

export class TrialFailed extends Error {
  override readonly name = 'TrialFailed';
}

/** Done to the database after a phase, past everybody: for the tests of the property itself. */
export type Meddle = (phase: PhaseName, query: Query) => Promise<unknown>;

/**
 * @returns refused, when the first phase refuses it, with the inspection's codes
 * @throws TrialFailed when something else fails, and when a row or the schema is not what it shall be
 */
export async function convertAndCompare(
  model: SchemaModel,
  meddle: Meddle = () => Promise.resolve(),
): Promise<Outcome> {
  const conversion = declarationOf(model);
  const dice = new Dice(model.seed);
  const expected = new ExpectedRows(model);
  const rows = firstRows(expected, dice);
  const database = await createTrialDatabase(conversion, [
    ...tablesOf(model),
    ...rows.statements,
    ...foreignKeysOf(model),
    ...sequencesOf(model, rows.greatest),
  ]);
  try {
    return await new Run(model, conversion, database, expected, dice).run(meddle);
  } finally {
    await database.drop();
  }
}

class Run {
  private readonly meanings: RowMeanings;
  private readonly writes: RandomWrites;

  constructor(
    private readonly model: SchemaModel,
    private readonly conversion: IdConversion,
    private readonly database: TrialDatabase,
    private readonly expected: ExpectedRows,
    dice: Dice,
  ) {
    const meanings = new RowMeanings({
      conversion,
      tables: model.tables.map(({ name }) => name),
      labels: Object.fromEntries(conversion.keys.map(({ table }) => [table, 'label'])),
    });
    this.meanings = meanings;
    this.writes = new RandomWrites(expected, dice, (table, label) => meanings.forget(table, label));
  }

  async run(meddle: Meddle): Promise<Outcome> {
    const before = await this.schema();
    await this.compareAndWrite('before the conversion', 'nothing');
    for (const phase of PHASE_NAMES) {
      try {
        await this.step(`up ${phase}`, () => this.database.up(phase));
      } catch (error) {
        const codes = phase === 'addUuidColumns' ? await this.refusals(error) : [];
        if (codes.length > 0) return { kind: 'refused', codes };
        throw error;
      }
      await meddle(phase, this.database.query);
      await this.compareAndWrite(`after ${phase}`, phase);
    }
    const face = JSON.stringify((await this.schema()).face);
    this.equal('what hangs on the tables, after the contract', face, JSON.stringify(before.face));
    for (const [index, phase] of [...PHASE_NAMES.entries()].reverse()) {
      await this.step(`down ${phase}`, () => this.database.down(phase));
      await this.compareAndWrite(`after ${phase} was taken back`, PHASE_NAMES[index - 1] ?? 'nothing');
    }
    const after = await this.schema();
    this.equal('the schema at the end', compareSchemas(after.schema, before.schema), []);
    this.equal(
      'what hangs on the tables, at the end',
      JSON.stringify(after.face),
      JSON.stringify(before.face),
    );
    return { kind: 'converted' };
  }

  private async refusals(error: unknown): Promise<readonly string[]> {
    const cause = error instanceof TrialFailed ? error.cause : error;
    if (!(cause instanceof MigratorError) || cause.code !== 'CONVERSION_REFUSED') return [];
    const { query } = this.database;
    const { refusals } = await inspectConversion(
      {
        service: this.conversion.service,
        query,
        connect: () => Promise.reject(new Error('an inspection needs one session')),
        transaction: async (work) => {
          await query('BEGIN');
          try {
            return await work(query);
          } finally {
            await query('ROLLBACK');
          }
        },
      },
      this.conversion,
    );
    return refusals.map(({ code }) => code);
  }

  private async schema() {
    const { query } = this.database;
    await useDefaultPath(query);
    return { schema: await readSchema(query), face: faceOf(await readFacts(query, this.conversion)) };
  }

  private async step(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw new TrialFailed(`${what}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }

  private async compareAndWrite(when: string, phase: keyof typeof MOMENTS): Promise<void> {
    const moment = MOMENTS[phase];
    await this.compare(when, moment);
    const clients = this.clientsOf(moment);
    for (const [name, client] of Object.entries(clients)) {
      await this.step(`${when}, the client ${name} writes`, () =>
        this.writes.write(client, this.model.writesAtOnce),
      );
      await this.compare(`${when} and the writes of the client ${name}`, moment);
    }
  }

  private clientsOf({ shape, clients }: Moment): Record<string, TrialClient> {
    const { query, as } = this.database;
    const inThePath = (table: string) => escapeIdentifier(schemaAndName(table)[1]);
    return Object.fromEntries([
      ['of the tables themselves', { query, shape, relation: quotedTable }],
      ...clients.map((one) => [`of the shape ${one}`, { query: as[one], shape: one, relation: inThePath }]),
    ]);
  }

  private async compare(when: string, { clients }: Moment): Promise<void> {
    const shall = this.expected.meanings();
    const { query, as } = this.database;
    const read = async (who: string, reading: (query: Query) => Promise<Meanings>, from: Query) => {
      let is: Meanings | undefined;
      await this.step(`${when}, read ${who}`, async () => (is = await reading(from)));
      this.equal(`${when}, read ${who}`, is, shall);
    };
    await read('from the tables', (from) => this.meanings.read(from), query);
    for (const shape of clients) {
      await read(`in the shape ${shape}`, (from) => this.meanings.readAsClient(from), as[shape]);
    }
  }

  private equal(what: string, is: unknown, shall: unknown): void {
    if (JSON.stringify(is) === JSON.stringify(shall)) return;
    throw new TrialFailed(
      `${what} is\n${JSON.stringify(is, null, 1)}\nand shall be\n${JSON.stringify(shall, null, 1)}`,
    );
  }
}
