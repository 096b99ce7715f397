/** What the user-service may be asked to do about people and who is in which team. Moments are ISO 8601 in UTC. */
import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { defineCommand } from '../command-contract';
import { ErasedRows } from './erased-rows';

const service = 'user-service';

/** Ends whatever membership of a player is open in a team. */
export class CloseTeamMembership {
  @IsUUID()
  userId!: string;

  @IsUUID()
  teamId!: string;

  @IsISO8601({ strict: true })
  leftAt!: string;
}

export class ClosedTeamMembership {
  @IsUUID()
  membershipId!: string;

  @IsUUID()
  roleId!: string;

  @IsOptional()
  @IsString()
  position!: string | null;

  /** When it was to end before that. */
  @IsOptional()
  @IsISO8601({ strict: true })
  previousLeftAt!: string | null;
}

/** Opens what was closed, as it was. */
export class ReopenTeamMembership {
  @IsUUID()
  userId!: string;
}

export class OpenTeamMembership {
  @IsUUID()
  userId!: string;

  @IsUUID()
  teamId!: string;

  @IsUUID()
  roleId!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(99)
  jerseyNumber!: number | null;

  @IsOptional()
  @IsString()
  position!: string | null;

  @IsISO8601({ strict: true })
  joinedAt!: string;
}

export class OpenedTeamMembership {
  @IsUUID()
  membershipId!: string;
}

/** Closes an account that is to be erased. */
export class CloseAccount {
  @IsUUID()
  userId!: string;
}

export class ClosedAccount {
  /** False when the user was deleted before, and only traces are left to erase. */
  @IsBoolean()
  existed!: boolean;

  @IsBoolean()
  wasActive!: boolean;
}

/** What one service did. */
export class ServiceErasure {
  @IsIn(['user-service', 'training-service'])
  service!: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ErasedRows)
  rows!: ErasedRows[];
}

/** Removes what is left of a person, and writes the receipt. */
export class EraseUser {
  @IsUUID()
  userId!: string;

  /** Which receipt. */
  @IsUUID()
  erasureId!: string;

  /** What the other services did before. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ServiceErasure)
  before!: ServiceErasure[];
}

export class ErasedUser {
  @IsISO8601({ strict: true })
  completedAt!: string;
}

export const CLOSE_TEAM_MEMBERSHIP = defineCommand({
  ...{ service, name: 'close-team-membership' },
  ...{ request: CloseTeamMembership, reply: ClosedTeamMembership },
});
export const REOPEN_TEAM_MEMBERSHIP = defineCommand({
  ...{ service, name: 'reopen-team-membership', request: ReopenTeamMembership },
  undoes: CLOSE_TEAM_MEMBERSHIP,
});
export const OPEN_TEAM_MEMBERSHIP = defineCommand({
  ...{ service, name: 'open-team-membership' },
  ...{ request: OpenTeamMembership, reply: OpenedTeamMembership },
});
export const CLOSE_ACCOUNT = defineCommand({
  ...{ service, name: 'close-account', request: CloseAccount, reply: ClosedAccount },
});
export const REOPEN_ACCOUNT = defineCommand({
  ...{ service, name: 'reopen-account', request: CloseAccount },
  undoes: CLOSE_ACCOUNT,
});
export const ERASE_USER_ROWS = defineCommand({
  ...{ service, name: 'erase-user', request: EraseUser, reply: ErasedUser },
});
