/** How the squash is taken back: the first of the ways that `migration-verify` would let pass. */
import { escapeLiteral } from 'pg';
import { MigratorError } from '../errors';
import { NO_DECISIONS } from '../generate/decisions';
import { planRollback } from '../generate/plan-change';
import type { ScratchDatabases } from '../scratch/scratch-database';
import { verifyMigration } from '../verify/verify-migration';
import { Walk } from '../verify/walk';
import { sqlOf } from './condense';
import type { Gone } from './go-through';
import { roadAround } from './road-around';
import type { Body, Squashed, SquashRequest } from './squash-migrations';

/**
 * What empties the schema, or the recorded statements; where a migration of the range says that it is irreversible, one that
 * refuses.
 * @throws MigratorError CANNOT_SQUASH
 */
export async function provenDown(
  scratch: ScratchDatabases,
  request: SquashRequest,
  body: Body,
  { start, end, downs }: Gone,
): Promise<Pick<Squashed, 'down' | 'irreversible'>> {
  const isFirst = Object.keys(start.catalog.tables).length === 0;
  const emptying = sqlOf(planRollback(end.catalog, start.catalog, NO_DECISIONS, 'one transaction'));
  const failures: string[] = [];
  // Where there are tables before, what empties the schema would take their values along.
  for (const down of [...(isFirst ? [emptying] : []), ...(downs ? [downs] : [])]) {
    const { before, migration } = roadAround(request, body, down);
    const walk = await Walk.start(scratch, request.service, before);
    const { errors } = await verifyMigration(walk, migration);
    await scratch.drop(walk.url);
    if (errors.length === 0) return { down };
    failures.push(...errors);
  }
  const reason = request.members.find(({ irreversible }) => irreversible !== undefined)?.irreversible;
  if (reason !== undefined) {
    const message = escapeLiteral(`${request.name} cannot be taken back: ${reason}`);
    return { down: [`do $$ begin raise exception using message = ${message}; end $$`], irreversible: reason };
  }
  throw new MigratorError(
    'CANNOT_SQUASH',
    `${request.service}: no down was found that takes back all of it, and nothing was written:\n  ` +
      `${failures.join('\n  ') || 'the recorded ones fail'}\n` +
      'Mend the down methods of these migrations (`migration-verify --all` shows which), or squash fewer of them.',
  );
}
