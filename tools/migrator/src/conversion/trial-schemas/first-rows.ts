/** Pure: the rows that a random schema has before its conversion, with numbers of every sort. */
import { quotedTable } from '../names';
import type { Dice } from './dice';
import type { ExpectedRow, ExpectedRows } from './expected-rows';
import { assignmentsOf, insertSql, type Ids } from './row-sql';
import type { KeyModel } from './trial-model';

const LEAST = { smallint: -32_768n, integer: -2_147_483_648n, bigint: -9_223_372_036_854_775_808n } as const;

export interface FirstRows {
  readonly statements: readonly string[];
  /** By table. */
  readonly greatest: ReadonlyMap<string, bigint>;
}

/** Puts them into `expected`. Rows that the rules leave no values for are left out. */
export function firstRows(expected: ExpectedRows, dice: Dice): FirstRows {
  const { tables } = expected.model;
  const numbers = new Map<string, bigint>();
  const greatest = new Map<string, bigint>();
  for (const table of tables) {
    const used = new Set<bigint>();
    for (let count = 0; count < table.rows; count++) {
      const row = expected.bare(table, dice);
      expected.put(table.name, row);
      if (!table.key) continue;
      const number = numberFor(table.key, used, dice);
      numbers.set(row.label, number);
      if (number > (greatest.get(table.name) ?? LEAST.bigint)) greatest.set(table.name, number);
    }
  }
  removeUnfillable(expected, dice);
  const ids: Ids = { shape: 'numeric', of: (_table, label) => String(numbers.get(label)!) };
  const statements = tables.flatMap((table) =>
    expected.of(table.name).map((row) => {
      const number = numbers.get(row.label);
      const key = number === undefined ? [] : [{ column: 'id', sql: String(number) }];
      return insertSql(quotedTable(table.name), [...key, ...assignmentsOf(table, row, ids)], key.length > 0);
    }),
  );
  return { statements, greatest };
}

/** A row that goes may have been the only one that another could refer to: until all that are left have their values. */
function removeUnfillable(expected: ExpectedRows, dice: Dice): void {
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (const table of expected.model.tables) {
      for (const row of expected.of(table.name)) expected.put(table.name, withoutValues(row));
      for (const row of expected.of(table.name)) {
        const filled = expected.fill(table, row, dice);
        if (filled) expected.put(table.name, filled);
        else {
          expected.drop(table.name, row.label);
          isDone = false;
        }
      }
    }
  }
}

const withoutValues = (row: ExpectedRow): ExpectedRow => ({ ...row, values: {} });

/** Sparse, some negative; where no sequence has to go on after them also the least and the greatest of the type. */
function numberFor({ type, make }: KeyModel, used: Set<bigint>, dice: Dice): bigint {
  const extremes = [LEAST[type], -1n - LEAST[type], 0n, -1n];
  for (;;) {
    const isExtreme = make === 'plain' && dice.below(3) === 0;
    const number = isExtreme ? dice.oneOf(extremes)! : BigInt(dice.below(600)) * 37n - 5_000n;
    if (used.has(number)) continue;
    used.add(number);
    return number;
  }
}
