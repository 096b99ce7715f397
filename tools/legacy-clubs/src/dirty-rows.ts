/**
 * Pure: how clean rows are made dirty, one statement for each kind, which changes as many rows as it is asked to, or all it
 * can. Which ones is drawn, and no kind touches what another one made.
 */
import type { DirtCounts, DirtKind } from './dirt';
import type { Draw } from './draw';
import type { LegacyService } from './legacy-schema';
import { BLOCK, GAP, userNumber, type Population } from './population';
import { isNoteOnUser } from './training-rows';

export interface DirtyRows {
  readonly kind: DirtKind;
  readonly sql: string;
}

export function dirtyRowsOf(
  service: LegacyService,
  population: Population,
  draw: Draw,
  counts: DirtCounts,
): readonly DirtyRows[] {
  const make = service === 'user-service' ? userDirt : trainingDirt;
  return Object.entries(make(population, draw, counts)).map(([kind, sql]) => ({
    kind: kind as DirtKind,
    sql,
  }));
}

/** `count` of the numbers from 0 to `rows - 1`, drawn, as a subquery with the column i. */
function drawn(draw: Draw, kind: DirtKind, rows: number, count: number, condition = 'true'): string {
  return `(SELECT i FROM generate_series(0::bigint, ${rows - 1}) AS i WHERE ${condition} ORDER BY ${draw.hash(kind, 'i')}, i LIMIT ${count})`;
}

/** Spaces and tabs around a column's value, in one of four ways. */
const stray = (column: string, draw: Draw, row: string) =>
  `CASE ${draw.below(4, 'stray', row)} WHEN 0 THEN '  ' || ${column} WHEN 1 THEN ${column} || ' ' WHEN 2 THEN E'\\t' || ${column} ELSE ' ' || ${column} || ' ' END`;

function userDirt(
  { users, blocks }: Population,
  draw: Draw,
  counts: DirtCounts,
): Partial<Record<DirtKind, string>> {
  /** Users of one seat, one in each block. */
  const seats = (kind: DirtKind, seat: number) =>
    `(SELECT ${userNumber(`i * ${BLOCK} + ${seat + 1}`)} AS id, i FROM ${drawn(draw, kind, blocks, counts[kind])} AS block)`;
  return {
    emailsDifferingInCase: `
      UPDATE "users" AS u SET "email" = initcap(other."email")
      FROM ${seats('emailsDifferingInCase', 1)} AS chosen
        JOIN "users" AS other ON other."id" = ${userNumber(`chosen.i * ${BLOCK} + 1`)}
      WHERE u."id" = chosen.id`,
    unknownRoles: `
      UPDATE "users" AS u SET "role" = ${draw.oneOf(['goalie_whisperer', 'Trainer', 'staff?', 'PLAYER'], 'unknown', 'chosen.i')}
      FROM ${seats('unknownRoles', BLOCK - 2)} AS chosen WHERE u."id" = chosen.id`,
    strayTeamCodesOfUsers: `
      UPDATE "users" AS u SET "teamCode" = ${stray('u."teamCode"', draw, 'u."id"')}
      WHERE u."id" IN (SELECT "id" FROM "users" WHERE "teamCode" IS NOT NULL
        ORDER BY ${draw.hash('strayTeamCodesOfUsers', '"id"')}, "id" LIMIT ${counts.strayTeamCodesOfUsers})`,
    nullNames: `
      UPDATE "users" AS u SET
        "firstName" = CASE ${draw.below(3, 'nameless', 'u."id"')} WHEN 0 THEN u."firstName" END,
        "lastName" = CASE ${draw.below(3, 'nameless', 'u."id"')} WHEN 1 THEN u."lastName" END
      FROM (SELECT ${userNumber('i + 1')} AS id FROM ${drawn(draw, 'nullNames', users, counts.nullNames)} AS person) AS chosen
      WHERE u."id" = chosen.id`,
  };
}

function trainingDirt(
  population: Population,
  draw: Draw,
  counts: DirtCounts,
): Partial<Record<DirtKind, string>> {
  /** The number of somebody who is gone. */
  const nobody = (what: string, row: string) => `(${GAP} * (1 + ${draw.below(population.gone, what, row)}))`;
  const rows = (kind: DirtKind, what: string, total: number, condition?: string) =>
    `(SELECT ${draw.uuid(what, 'i')} AS id, i FROM ${drawn(draw, kind, total, counts[kind], condition)} AS row) AS chosen`;
  const sessions = (kind: DirtKind) => rows(kind, 'session', population.workoutSessions);
  const ofTeam = (kind: DirtKind, condition: string) =>
    `(SELECT "id" FROM "workout_sessions" WHERE ${condition}
      ORDER BY ${draw.hash(kind, `hashtextextended("id"::text, 0)`)}, "id" LIMIT ${counts[kind]}) AS chosen`;
  return {
    strayTeamCodesOfSessions: `
      UPDATE "workout_sessions" AS w SET "teamCode" = ${stray('w."teamCode"', draw, 'hashtextextended(w."id"::text, 0)')}
      FROM ${ofTeam('strayTeamCodesOfSessions', '"teamCode" IS NOT NULL')} WHERE w."id" = chosen."id"`,
    sessionsOfUnknownTeams: `
      UPDATE "workout_sessions" AS w SET "teamCode" = ${draw.oneOf(['Z1-closed', 'Z2-closed'], 'closed', 'hashtextextended(w."id"::text, 0)')}
      FROM ${ofTeam('sessionsOfUnknownTeams', '"teamCode" = btrim("teamCode", E\' \\t\')')} WHERE w."id" = chosen."id"`,
    danglingCreators: `
      UPDATE "workout_sessions" AS w SET "createdBy" = ${nobody('creator', 'chosen.i')}
      FROM ${sessions('danglingCreators')} WHERE w."id" = chosen.id`,
    danglingPlayers: `
      UPDATE "workout_sessions" AS w SET "playerIds" = w."playerIds" || ${nobody('player', 'chosen.i')}
      FROM ${sessions('danglingPlayers')} WHERE w."id" = chosen.id`,
    danglingCoaches: `
      UPDATE "workout_sessions" AS w SET "metadata" = coalesce(w."metadata", '{}') || jsonb_build_object('coachIds',
        coalesce(w."metadata" -> 'coachIds', '[]') || to_jsonb(${nobody('coach', 'chosen.i')}))
      FROM ${sessions('danglingCoaches')} WHERE w."id" = chosen.id`,
    danglingAssignments: `
      UPDATE "workout_assignments" AS a SET "playerId" = ${nobody('assignee', 'chosen.i')}
      FROM ${rows('danglingAssignments', 'assignment', population.workoutAssignments)} WHERE a."id" = chosen.id`,
    // Of the first round alone, which has one of each session: a player is in a session once.
    danglingLoads: `
      UPDATE "player_workout_loads" AS l SET "playerId" = ${nobody('loaded', 'chosen.i')}
      FROM ${rows('danglingLoads', 'load', Math.min(population.playerWorkoutLoads, population.workoutSessions))}
      WHERE l."id" = chosen.id`,
    danglingNotes: `
      UPDATE "notes" AS n SET "subjectId" = (${nobody('noted', 'chosen.i')})::text
      FROM ${rows('danglingNotes', 'note', population.notes, isNoteOnUser(draw, 'i'))} WHERE n."id" = chosen.id`,
  };
}
