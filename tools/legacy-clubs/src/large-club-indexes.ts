import type { LegacyService } from './legacy-schema';

/** What a club whose tables have millions of rows has added by now: who looks a row up by a user does not read all of them. */
export const LARGE_CLUB_INDEXES: Readonly<Record<LegacyService, readonly string[]>> = {
  'user-service': [
    'CREATE INDEX "IDX_sessions_user" ON "sessions" ("userId")',
    'CREATE INDEX "IDX_parent_links_child" ON "parent_links" ("childId")',
    'CREATE INDEX "IDX_audit_entries_actor" ON "audit_entries" ("actorId")',
  ],
  'training-service': [
    'CREATE INDEX "IDX_workout_sessions_creator" ON "workout_sessions" ("createdBy")',
    'CREATE INDEX "IDX_workout_assignments_player" ON "workout_assignments" ("playerId")',
    'CREATE INDEX "IDX_player_workout_loads_player" ON "player_workout_loads" ("playerId")',
  ],
};
