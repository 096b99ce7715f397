import {
  SAGA_STATES,
  type SagaDetails,
  type SagaProblem,
  type SagaReason,
  type SagaState,
} from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import type { TransferPlayer } from '../../sagas/transfer-player.saga';

/** How far a transfer is. */
export class PlayerTransferResource {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({
    enum: SAGA_STATES,
    description:
      'finished: all is done; compensated: it was refused, and all is as it was; stuck: an operator has to look',
  })
  state: SagaState;

  @ApiProperty({ type: String, format: 'uuid' })
  playerId: string;

  @ApiProperty({ type: String, format: 'uuid' })
  fromTeamId: string;

  @ApiProperty({ type: String, format: 'uuid' })
  toTeamId: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'When the one membership ends and the other begins',
  })
  at: string;

  @ApiProperty({ type: Object, nullable: true, description: 'Why it came to nothing' })
  reason: SagaReason | null;

  @ApiProperty({ type: Object, nullable: true, description: 'What it waits for, when it is stuck' })
  problem: SagaProblem | null;

  @ApiProperty({
    type: Object,
    nullable: true,
    description:
      'The memberships that were closed and opened, and how many assignments were moved and cancelled',
  })
  result: object | null;

  constructor({ id, state, input, reason, problem, result }: SagaDetails) {
    const { playerId, fromTeamId, toTeamId, at } = input as TransferPlayer;
    this.id = id;
    this.state = state;
    this.playerId = playerId;
    this.fromTeamId = fromTeamId;
    this.toTeamId = toTeamId;
    this.at = at;
    this.reason = reason;
    this.problem = problem;
    this.result = result;
  }
}
