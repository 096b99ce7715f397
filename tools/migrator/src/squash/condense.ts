/** The short way: what makes the schema after the range from nothing, and the rows that the range seeded. */
import { NO_DECISIONS } from '../generate/decisions';
import { planRollback } from '../generate/plan-change';
import type { Step } from '../generate/steps';
import { varyingColumns } from '../verify/compare-seeds';
import type { Gone } from './go-through';
import { insertStatements } from './seed-statements';
import type { Body } from './squash-migrations';

/** @returns why there is no short way, where there is none */
export function condense({ start, end, again, sequences }: Gone): Body | { readonly obstacle: string } {
  if (Object.keys(start.catalog.tables).length > 0)
    return { obstacle: 'there are tables before them, with rows to keep' };
  const inserts = insertStatements(end.catalog, end.rows, varyingColumns(end, again));
  if ('obstacle' in inserts) return inserts;
  const schema = sqlOf(planRollback(start.catalog, end.catalog, NO_DECISIONS, 'one transaction'));
  return { up: [...schema, ...inserts.statements, ...sequences], transaction: true };
}

/** Statements alone: nothing has to be filled in where there were no rows. */
export function sqlOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => (step.kind === 'statement' ? [step.sql] : []));
}
