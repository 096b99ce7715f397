/** What the training-service may be asked to do about a player's work. Moments are ISO 8601 in UTC. */
import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsArray, IsISO8601, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { defineCommand } from '../command-contract';
import { ErasedRows } from './erased-rows';

const service = 'training-service';

/** What a player is still to do in one team's sessions becomes what is to be done in another's. */
export class MoveAssignments {
  @IsUUID()
  playerId!: string;

  @IsUUID()
  fromTeamId!: string;

  @IsUUID()
  toTeamId!: string;

  /** Sessions before that are no longer next. */
  @IsISO8601({ strict: true })
  at!: string;
}

export class MovedAssignment {
  @IsUUID()
  id!: string;

  @IsUUID()
  fromSessionId!: string;

  @IsUUID()
  toSessionId!: string;

  /** When it was due before. */
  @IsOptional()
  @IsISO8601({ strict: true })
  previousDueAt!: string | null;
}

export class MovedAssignments {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => MovedAssignment)
  moved!: MovedAssignment[];

  /** Ids of those for which the other team has no session. */
  @IsArray()
  @IsUUID(undefined, { each: true })
  cancelled!: string[];
}

export class MoveAssignmentsBack {
  @IsUUID()
  playerId!: string;
}

/** Takes the person out of what is kept for the clubs' statistics, and out of everything else. */
export class AnonymisePlayer {
  @IsUUID()
  userId!: string;
}

export class AnonymisedPlayer {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ErasedRows)
  rows!: ErasedRows[];
}

export const MOVE_ASSIGNMENTS = defineCommand({
  ...{ service, name: 'move-assignments', request: MoveAssignments, reply: MovedAssignments },
});
export const MOVE_ASSIGNMENTS_BACK = defineCommand({
  ...{ service, name: 'move-assignments-back', request: MoveAssignmentsBack },
  undoes: MOVE_ASSIGNMENTS,
});
export const ANONYMISE_PLAYER = defineCommand({
  ...{ service, name: 'anonymise-player', request: AnonymisePlayer, reply: AnonymisedPlayer },
});
