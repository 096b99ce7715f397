import type { EntityManager } from 'typeorm';
import { SessionTemplate } from '../entities/session-template';

/**
 * What becomes of the templates of a club that is gone: they are removed, but for exercises that a session has, which goes
 * on saying what was to be done. Those point to the tombstone.
 *
 * Does the same however often it is done.
 */
export async function organizationDeleted(manager: EntityManager, organizationId: string): Promise<void> {
  await manager.delete(SessionTemplate, { organizationId });
  await manager.query(
    `DELETE FROM "exercise_templates" AS template WHERE "organization_id" = $1
        AND NOT EXISTS (SELECT FROM "exercises" WHERE "exercise_template_id" = template."id")`,
    [organizationId],
  );
}
