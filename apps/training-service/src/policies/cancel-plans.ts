import { type EntityManager, type FindOptionsWhere, In } from 'typeorm';
import { DevelopmentPlan, DevelopmentPlanStatus } from '../entities/development-plan';

const OPEN = [DevelopmentPlanStatus.Draft, DevelopmentPlanStatus.Active];

/** Cancels the plans of a player or of a team that nobody can follow any more; those that were completed stay. */
export async function cancelPlans(
  manager: EntityManager,
  plans: Pick<FindOptionsWhere<DevelopmentPlan>, 'playerId' | 'teamId'>,
): Promise<void> {
  await manager.update(
    DevelopmentPlan,
    { ...plans, status: In(OPEN) },
    { status: DevelopmentPlanStatus.Cancelled },
  );
}
