/** Pure: whether what a listener keeps of another service's rows equals them, column by column. */
import { NO_MORE_NEWS } from './evidence';
import type { ColumnValues, Counter, KnownRowEvidence, OwnerRow, ReadModelEvidence } from './evidence';
import type { Finding } from './finding';

/** @param counters of the owner's aggregates, by aggregate id: a read model's row holds the newest state */
export function checkReadModel(model: ReadModelEvidence, counters: ReadonlyMap<string, Counter>): Finding[] {
  const known = new Map(model.rows.map((row) => [row.id, row]));
  const owned = new Map(model.ownerRows.map((row) => [row.id, row]));
  const findings: Finding[] = [];
  const find = (id: string, detail: string) =>
    findings.push({
      promise: 'read-models',
      about: `${model.listener}.${model.table} of ${model.owner}.${model.ownerTable}, ${id}`,
      detail,
    });

  for (const row of model.ownerRows) {
    for (const detail of differences(row, known.get(row.id), model.columns)) find(row.id, detail);
  }
  for (const { id, isDeleted, sequence } of model.rows) {
    if (!isDeleted && !owned.has(id))
      find(id, 'the owner has no such row, and the read model does not know that');
    const newest = counters.get(id)?.lastSequence;
    const isBuried = isDeleted && sequence === NO_MORE_NEWS;
    if (newest !== undefined && newest !== sequence && !isBuried)
      find(id, `the row is of event ${sequence}, and the owner's newest is ${newest}`);
  }
  return findings;
}

function differences(
  row: OwnerRow,
  known: KnownRowEvidence | undefined,
  columns: readonly string[],
): string[] {
  if (!known) return ['the owner has the row, and the read model does not'];
  if (known.isDeleted) return ['the owner has the row, and the read model says that it was deleted'];
  return columns
    .filter((column) => textOf(row.values, column) !== textOf(known.values, column))
    .map(
      (column) =>
        `"${column}" is ${textOf(known.values, column)}, and the owner's is ${textOf(row.values, column)}`,
    );
}

function textOf(values: ColumnValues, column: string): string {
  return JSON.stringify(values[column] ?? null);
}
