import {
  CLOSE_TEAM_MEMBERSHIP,
  defineSaga,
  MOVE_ASSIGNMENTS,
  MOVE_ASSIGNMENTS_BACK,
  OPEN_TEAM_MEMBERSHIP,
  REOPEN_TEAM_MEMBERSHIP,
} from '@hockey-hub/shared-lib';
import { IsISO8601, IsInt, IsOptional, IsString, IsUUID } from 'class-validator';

export class TransferPlayer {
  @IsUUID()
  playerId!: string;

  @IsUUID()
  fromTeamId!: string;

  @IsUUID()
  toTeamId!: string;

  @IsOptional()
  @IsInt()
  jerseyNumber!: number | null;

  /** The one in the old team when it is null. */
  @IsOptional()
  @IsString()
  position!: string | null;

  /** When the one membership ends and the other begins. */
  @IsISO8601({ strict: true })
  at!: string;
}

/**
 * Moves a player from one team to another.
 *
 *   close the membership in A ─> move the open assignments ─> open the membership in B (pivot)
 *
 * B comes last, though most refusals come from there (it is over, the player is in it already): a membership that was opened
 * could only be taken back by a deletion, and others would have acted upon it by then. What is refused before has only been moved,
 * and is moved back exactly.
 */
export const TRANSFER_PLAYER = defineSaga({
  name: 'transfer-player',
  input: TransferPlayer,
  steps: (step) => [
    step({
      name: 'close-membership',
      command: CLOSE_TEAM_MEMBERSHIP,
      request: ({ input }) => ({ userId: input.playerId, teamId: input.fromTeamId, leftAt: input.at }),
      compensation: {
        command: REOPEN_TEAM_MEMBERSHIP,
        request: ({ input }) => ({ userId: input.playerId }),
      },
    }),
    step({
      name: 'move-assignments',
      command: MOVE_ASSIGNMENTS,
      request: ({ input: { playerId, fromTeamId, toTeamId, at } }) => ({
        playerId,
        fromTeamId,
        toTeamId,
        at,
      }),
      compensation: {
        command: MOVE_ASSIGNMENTS_BACK,
        request: ({ input }) => ({ playerId: input.playerId }),
      },
    }),
    step({
      name: 'open-membership',
      command: OPEN_TEAM_MEMBERSHIP,
      pivot: true,
      request: ({ input, replyOf }) => {
        const { roleId, position } = replyOf('close-membership', CLOSE_TEAM_MEMBERSHIP);
        return {
          ...{ userId: input.playerId, teamId: input.toTeamId, roleId, joinedAt: input.at },
          ...{ jerseyNumber: input.jerseyNumber ?? null, position: input.position ?? position },
        };
      },
    }),
  ],
  result: ({ replyOf }) => {
    const { moved, cancelled } = replyOf('move-assignments', MOVE_ASSIGNMENTS);
    return {
      closedMembershipId: replyOf('close-membership', CLOSE_TEAM_MEMBERSHIP).membershipId,
      openedMembershipId: replyOf('open-membership', OPEN_TEAM_MEMBERSHIP).membershipId,
      ...{ movedAssignments: moved.length, cancelledAssignments: cancelled.length },
    };
  },
});
