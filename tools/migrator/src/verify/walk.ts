/**
 * The way through a service's migrations, in a scratch database whose rows come along: written where tables are empty,
 * changed by each migration as a user's rows would be.
 *
 * Not every row that could be there is one that a migration must accept: one that adds a check refuses what breaks it, which
 * is right. So where Postgres refuses the rows (SQLSTATE classes 22 and 23, or a RAISE), or the migration itself does, the walk starts again with more
 * harmless ones: first without nulls, then with none at all.
 */
import { MigratorError } from '../errors';
import type { Migration } from '../model';
import { replay } from '../scratch/replay';
import type { ScratchDatabases } from '../scratch/scratch-database';
import type { Filled } from '../scratch/synthetic-rows';
import { fill, readMoment, type Moment } from './moment';
import { tryRun } from './try-run';

const NOT_NULL_VIOLATION = '23502';

export class Walk {
  /** The database as it was before the last `up`, where that had to start again. */
  restarted: Moment | undefined;
  /** Where the road ends. */
  brokenBy: Migration | undefined;
  withoutRows: Filled['empty'] = [];
  private readonly done: Migration[] = [];
  private seed = 0;
  private last: Moment | undefined;

  private constructor(
    private readonly scratch: ScratchDatabases,
    readonly service: string,
    private current: string,
  ) {}

  /** @param before run first, unverified */
  static async start(
    scratch: ScratchDatabases,
    service: string,
    before: readonly Migration[],
  ): Promise<Walk> {
    const walk = new Walk(scratch, service, await scratch.create());
    await replay(walk.url, service, before);
    walk.done.push(...before);
    await walk.fill();
    return walk;
  }

  get url(): string {
    return this.current;
  }

  /** The database as it is. */
  async now(): Promise<Moment> {
    return (this.last ??= await readMoment(this.url, this.service));
  }

  nextSeed(): number {
    return ++this.seed;
  }

  /** @returns why it failed, for good */
  async up(migration: Migration, note: (text: string) => void): Promise<string | undefined> {
    const failure = await this.tryUp(migration, note);
    this.last = undefined;
    if (failure === undefined) this.done.push(migration);
    else this.brokenBy = migration;
    return failure;
  }

  /**
   * One that nobody asked about.
   * @throws MigratorError MIGRATION_FAILED
   */
  async pass(migration: Migration): Promise<void> {
    if (this.brokenBy) return;
    const failure = await this.up(migration, () => undefined);
    if (failure === undefined) return;
    throw new MigratorError(
      'MIGRATION_FAILED',
      `${this.service}: running ${migration.name} in a scratch database failed: ${failure}\nfile: ${migration.file}`,
    );
  }

  /** Writes rows where there are tables without; those that could not be filled before are not tried again. */
  async fill(): Promise<void> {
    const { rows, catalog } = await this.now();
    const given = new Set(this.withoutRows.map(({ table }) => table));
    if (Object.entries(rows).every(([table, all]) => all.length > 0 || given.has(table))) return;
    const { empty } = await fill(this.url, this.service, catalog, { seed: this.nextSeed() });
    this.last = undefined;
    this.withoutRows = empty;
  }

  /** Runs `work` on a copy of the database as it is now, and drops the copy. */
  async withCopy(work: (copy: string) => Promise<void>): Promise<void> {
    const copy = await this.scratch.copy(this.url);
    await work(copy);
    await this.scratch.drop(copy);
  }

  private async tryUp(migration: Migration, note: (text: string) => void): Promise<string | undefined> {
    this.restarted = undefined;
    const first = await tryRun(this.url, migration, 'up');
    if (!('failure' in first)) return undefined;
    if (!first.refusesRows) return first.failure;

    const second = await this.again(migration, 'without nulls');
    if (!('failure' in second)) {
      note(`up refuses some rows there may be: ${firstLine(first.failure)}`);
      return undefined;
    }
    // There were no nulls before: the missing value is one that `up` itself leaves out of every row.
    if (second.sqlstate === NOT_NULL_VIOLATION) return `${second.failure}; it would on every table with rows`;
    const third = await this.again(migration, 'none');
    if ('failure' in third) return third.failure;
    note(`up refuses rows there may be, and was verified without any: ${firstLine(second.failure)}`);
    return undefined;
  }

  private async again(migration: Migration, rows: 'without nulls' | 'none') {
    await this.scratch.drop(this.current);
    this.current = await this.scratch.create();
    await replay(this.url, this.service, this.done);
    if (rows === 'without nulls') {
      const { catalog } = await readMoment(this.url, this.service);
      await fill(this.url, this.service, catalog, { seed: this.nextSeed(), nulls: 'none' });
    }
    this.restarted = await readMoment(this.url, this.service);
    return tryRun(this.url, migration, 'up');
  }
}

/** A report about rows has many. */
const firstLine = (text: string) => text.slice(0, `${text}\n`.indexOf('\n'));
