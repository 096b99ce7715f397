/** What is converted, and by whom. */
import type { ContenderName } from './contenders/contender';

export interface ConvertCase {
  readonly title: string;
  readonly users: number;
  readonly contenders: readonly ContenderName[];
}

export type ConvertCaseName = 'contest' | 'rows-100000' | 'rows-1000000' | 'rows-10000000';

/** Users and the rows that refer to them: 6 for each, half of them in the other service's database. */
export const ROWS_PER_USER = 7;

export const CONVERT_CASES: Readonly<Record<ConvertCaseName, ConvertCase>> = {
  contest: {
    title: 'Everybody',
    users: 1_000_000,
    contenders: ['floor', 'ours-offline', 'ours', 'ours-one-worker', 'naive', 'plain-script'],
  },
  'rows-100000': ofSize(100_000),
  'rows-1000000': ofSize(1_000_000),
  'rows-10000000': ofSize(10_000_000),
};

/** Without clients: what grows is the number of rows alone. */
function ofSize(rows: number): ConvertCase {
  return {
    title: `${rows.toLocaleString('en-US')} rows`,
    users: Math.round(rows / ROWS_PER_USER),
    contenders: ['floor', 'ours-offline'],
  };
}
