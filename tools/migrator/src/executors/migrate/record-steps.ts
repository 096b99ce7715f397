/** What each step of a plan would send, and what would take it back: recorded by running its TypeScript in scratch databases. */
import { MigratorError } from '../../errors';
import type { Migration } from '../../model';
import { appliedRoad } from '../../plan/applied-road';
import { idOf } from '../../plan/service-state';
import type { Rollback, Rollbacks } from '../../report/rollback';
import { loadMigration } from '../../source/load-migration';
import type { RunOutcome } from '../run';

export interface RecordedStep {
  readonly up: readonly string[];
  readonly rollback: Rollback;
}

/**
 * By step id. A scratch database first gets what the real one has: the applied migrations.
 * @throws MigratorError MIGRATION_FAILED when an `up` fails there; CANNOT_CONNECT
 */
export async function recordSteps(
  { planned }: RunOutcome,
  urlOf: (service: string) => Promise<string>,
): Promise<Map<string, RecordedStep>> {
  const [{ replay }, { withScratchDatabases }] = await Promise.all([
    import('../../scratch/replay'),
    import('../../scratch/scratch-database'),
  ]);
  const recorded = new Map<string, RecordedStep>();
  const steps = new Map(planned.plan.steps.map((step) => [step.id, step]));
  for (const { service, files, ledger, migrations } of planned.state.values()) {
    const wanted = migrations.filter((migration) => steps.get(idOf(migration))?.action === 'run');
    if (wanted.length === 0) continue;
    const applied = appliedRoad(files, ledger).road.map(loadMigration);
    await withScratchDatabases(await urlOf(service.name), service.name, 1, async (url) => {
      await replay(url, service.name, applied);
      const ups = await replay(url, service.name, wanted);
      const downs = new Map<Migration, Rollback>();
      let obstacle: Migration | undefined;
      for (const { migration, statements: up } of [...ups].reverse()) {
        const rollback = obstacle ? behind(obstacle) : await recordDown(migration, up.length > 0);
        if ('none' in rollback) obstacle ??= migration;
        downs.set(migration, rollback);
      }
      for (const { migration, statements: up } of ups) {
        recorded.set(idOf(migration), { up, rollback: downs.get(migration)! });
      }

      async function recordDown(migration: Migration, changes: boolean): Promise<Rollback> {
        try {
          const [down] = await replay(url, service.name, [migration], 'down');
          const statements = down?.statements ?? [];
          return statements.length === 0 && changes ? { none: 'its down does nothing' } : { statements };
        } catch (error) {
          if (!(error instanceof MigratorError)) throw error;
          return { none: `its down fails: ${reasonOf(error)}` };
        }
      }
    });
  }
  return recorded;
}

/** For a dry run, which also has to say something where no scratch database can be made: then it is not known. */
export async function recordRollbacks(
  outcome: RunOutcome,
  urlOf: (service: string) => Promise<string>,
): Promise<Rollbacks> {
  const { steps } = outcome.planned.plan;
  const recordedOnly = steps
    .filter(({ action }) => action === 'record')
    .map(({ id }): [string, Rollback] => [id, { statements: [] }]);
  try {
    const recorded = await recordSteps(outcome, urlOf);
    return new Map([...recordedOnly, ...[...recorded].map(([id, { rollback }]) => [id, rollback] as const)]);
  } catch (error) {
    const none = `not known, because it could not be tried in a scratch database: ${reasonOf(error)}`;
    return new Map(steps.map(({ id }) => [id, { none }]));
  }
}

function behind(obstacle: Migration): Rollback {
  return { none: `${obstacle.name}, which comes after it, has none` };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof MigratorError && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
