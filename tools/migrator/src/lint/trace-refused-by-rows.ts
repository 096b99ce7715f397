/** A migration that runs on empty tables and not on synthetic rows depends on what rows there are. */
import type { Rule } from './facts';

export const refusedByRows: Rule = {
  id: 'trace/refused-by-rows',
  severity: 'warning',
  find: ({ migrations }) =>
    migrations
      .filter(({ refusedByRows: reason }) => reason !== null)
      .map((facts) => ({
        in: facts,
        message: `It runs while the tables are empty, and fails with synthetic rows in them: ${facts.refusedByRows}`,
        fix:
          'If production can hold such rows, change or report them first, in this migration or an earlier one. If it cannot, a ' +
          'check or unique constraint in the schema says so, and the synthetic rows keep it.',
      })),
};
