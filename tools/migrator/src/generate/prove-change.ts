/**
 * Runs a planned change and its way back in a scratch database with rows, before anybody sees it.
 *
 *   before --immediate--> between --gradual--> after      each is what it should be, and the kept values are what they were
 *   before <----down----- between <---down----
 *
 * Owns the proof, and with it the ways back, which are planned from what the change really made of the schema.
 */
import type { Catalog } from '../catalog/catalog';
import { compareCatalogs, describeChange } from '../catalog/compare-catalogs';
import { lostHandMade, withHandMade } from '../catalog/hand-made';
import { readCatalog } from '../catalog/read-catalog';
import { MigratorError } from '../errors';
import type { Query } from '../pg/query';
import { compareRows, describeLoss, readRows, type Loss, type RowsSnapshot } from '../scratch/rows-snapshot';
import { settle } from '../scratch/settle-expressions';
import { fillWithRows } from '../scratch/synthetic-rows';
import { NO_DECISIONS, type Decisions } from './decisions';
import { keptValues, underNewNames, type KeptValues } from './kept-values';
import { planRollback, type ChangePlan } from './plan-change';
import { ProvingGround, type Run } from './proving-ground';
import { namesBefore } from './refusals';
import type { Step } from './steps';

/** What becomes one migration. */
export interface ProvenPart {
  readonly up: readonly Step[];
  readonly down: readonly Step[];
  readonly transaction: boolean;
}

export interface Proof {
  /** One, or first what is immediate and then what is gradual. */
  readonly parts: readonly ProvenPart[];
  /** Tables whose drawn rows the change would not have, so that it was proven without them. */
  readonly withoutRows: readonly string[];
}

export interface ChangeToProve {
  readonly service: string;
  readonly before: Catalog;
  readonly entities: Catalog;
  readonly decisions: Decisions;
  readonly plan: ChangePlan;
}

/**
 * @param query of the scratch database that is as `before` says, and empty but for what its migrations put in
 * @throws MigratorError GENERATED_MIGRATION_WRONG
 */
export async function proveChange(query: Query, change: ChangeToProve): Promise<Proof> {
  const { before, entities, decisions, plan } = change;
  const kept = keptValues(before, entities, decisions);
  await fillWithRows(query, before, { drawAs: kept.drawAs, enums: entities.enums });
  const rows = await readRows(query, before);
  const proof = new ChangeProof(query, change, kept, rows);

  const immediate: Step[] = plan.immediate.map((sql) => ({ kind: 'statement', sql }));
  const isInTwo = immediate.length > 0 && plan.gradual.length > 0;
  await proof.run('up', immediate, { catalog: before, target: entities, transaction: true });
  const between = isInTwo ? await readCatalog(query) : before;
  await proof.run('up', plan.gradual, { catalog: between, target: entities, transaction: false });
  const after = await proof.expectArrival();

  const parts: ProvenPart[] = [];
  if (plan.gradual.length > 0) {
    const down = planRollback(after, between, isInTwo ? NO_DECISIONS : decisions, 'repeatable');
    await proof.run('down', down, { catalog: after, target: between, transaction: false });
    await proof.expectSchema('down', () => between);
    parts.push({ up: plan.gradual, down, transaction: false });
  }
  if (immediate.length > 0) {
    const from = isInTwo ? between : after;
    const down = planRollback(from, before, decisions, 'one transaction');
    await proof.run('down', down, { catalog: from, target: before, transaction: true });
    await proof.expectSchema('down', () => before);
    parts.unshift({ up: immediate, down, transaction: true });
  }
  await proof.expectReturn();
  return { parts, withoutRows: proof.withoutRows };
}

class ChangeProof {
  private readonly ground: ProvingGround;

  constructor(
    private readonly query: Query,
    private readonly change: ChangeToProve,
    private readonly kept: KeptValues,
    private readonly rows: RowsSnapshot,
  ) {
    this.ground = new ProvingGround(query);
  }

  get withoutRows(): string[] {
    const before = namesBefore(this.change.decisions);
    return [...new Set([...this.ground.emptied].map((name) => before.table(name)))].sort();
  }

  async run(method: Method, steps: readonly Step[], run: Run): Promise<void> {
    try {
      await this.ground.run(steps, run);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      throw this.wrong(method, `it fails: ${problem}`, error);
    }
  }

  /** @returns the schema that the change leads to */
  async expectArrival(): Promise<Catalog> {
    const { before, entities, decisions } = this.change;
    const allowed = decisions.allowDrop === 'everything' ? [] : decisions.allowDrop;
    const after = await this.expectSchema('up', (actual) => withHandMade(actual, entities, allowed));
    if (decisions.allowDrop !== 'everything') this.expectHandMade(lostHandMade(before, after, allowed));
    const { there } = this.kept;
    const rows = ofTables(underNewNames(this.provenRows(), decisions), there);
    this.expectNoLoss('up', compareRows(rows, await readRows(this.query, after), there));
    return after;
  }

  private expectHandMade(lost: readonly string[]): void {
    if (lost.length === 0) return;
    throw this.wrong('up', `what was made by hand would be gone: ${lost.join(', ')}`);
  }

  async expectSchema(method: Method, expected: (actual: Catalog) => Catalog): Promise<Catalog> {
    const actual = await readCatalog(this.query);
    if (compareCatalogs(actual, expected(actual)).length === 0) return actual;
    // It may be but the form in which Postgres keeps an expression, which is seldom; settling takes as long as reading.
    await settle(this.query);
    const settled = await readCatalog(this.query);
    const rest = compareCatalogs(settled, expected(settled));
    if (rest.length === 0) return settled;
    throw this.wrong(method, `these differences would stay:\n  ${rest.map(describeChange).join('\n  ')}`);
  }

  async expectReturn(): Promise<void> {
    const { andBack } = this.kept;
    const rows = await readRows(this.query, this.change.before);
    this.expectNoLoss('down', compareRows(ofTables(this.provenRows(), andBack), rows, andBack));
  }

  private provenRows(): RowsSnapshot {
    const emptied = this.withoutRows;
    return Object.fromEntries(Object.entries(this.rows).filter(([table]) => !emptied.includes(table)));
  }

  private expectNoLoss(method: Method, losses: readonly Loss[]): void {
    if (losses.length === 0) return;
    throw this.wrong(method, `values would be lost:\n  ${losses.map(describeLoss).join('\n  ')}`);
  }

  private wrong(method: Method, problem: string, cause?: unknown): MigratorError {
    return new MigratorError(
      'GENERATED_MIGRATION_WRONG',
      `${this.change.service}: the generated ${method} was run in a scratch database and is wrong; ${problem}\n` +
        'Nothing was written. Write this migration by hand, starting from `migration-create`.',
      { cause },
    );
  }
}

type Method = 'up' | 'down';

/** Of a table that goes, the rows go too. */
function ofTables(rows: RowsSnapshot, columns: ReadonlySet<string>): RowsSnapshot {
  const isKept = (table: string) => [...columns].some((column) => column.startsWith(`${table}.`));
  return Object.fromEntries(Object.entries(rows).filter(([table]) => isKept(table)));
}
