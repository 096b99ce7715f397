import { ProblemException, SagaError, Sagas, type FieldFault } from '@hockey-hub/shared-lib';
import { HttpStatus, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { openMembership } from '../command-handlers/open-membership';
import { Team } from '../entities/team';
import { TeamMembership } from '../entities/team-membership';
import { User } from '../entities/user';
import { TRANSFER_PLAYER } from '../sagas/transfer-player.saga';
import type { CreatePlayerTransferDto } from './dto/create-player-transfer.dto';
import { PlayerTransferResource } from './dto/player-transfer.resource';

@Injectable()
export class PlayerTransfersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sagas: Sagas,
  ) {}

  /**
   * Says at once what is plainly impossible; what matters is decided by the transfer itself.
   *
   * @throws ProblemException REFERENCE_NOT_FOUND, NOT_IN_TEAM
   */
  async create(transfer: CreatePlayerTransferDto): Promise<PlayerTransferResource> {
    const { playerId, fromTeamId, toTeamId, jerseyNumber = null, position = null } = transfer;
    await this.refuseImpossible(transfer);
    const at = new Date().toISOString();
    const id = await this.sagas.start(TRANSFER_PLAYER, {
      ...{ playerId, fromTeamId, toTeamId, jerseyNumber, position, at },
    });
    return this.get(id);
  }

  /** @throws ProblemException NOT_FOUND */
  async get(id: string): Promise<PlayerTransferResource> {
    const saga = await this.sagas.inspect(id).catch((error: unknown) => {
      if (error instanceof SagaError && error.code === 'SAGA_NOT_FOUND') return undefined;
      throw error;
    });
    if (saga?.saga === TRANSFER_PLAYER.name) return new PlayerTransferResource(saga);
    throw new ProblemException(HttpStatus.NOT_FOUND, {
      code: 'NOT_FOUND',
      detail: `There is no transfer ${id}; those that are over are forgotten after a month.`,
    });
  }

  private async refuseImpossible({ playerId, fromTeamId, toTeamId }: CreatePlayerTransferDto): Promise<void> {
    const { manager } = this.dataSource;
    const faults: FieldFault[] = [];
    const references = [
      { field: 'playerId', entity: User, id: playerId, noun: 'user' },
      { field: 'fromTeamId', entity: Team, id: fromTeamId, noun: 'team' },
      { field: 'toTeamId', entity: Team, id: toTeamId, noun: 'team' },
    ];
    for (const { field, entity, id, noun } of references) {
      if (!(await manager.existsBy(entity, { id })))
        faults.push({ field, detail: `There is no ${noun} ${id}.` });
    }
    if (faults.length > 0) {
      throw new ProblemException(HttpStatus.UNPROCESSABLE_ENTITY, {
        code: 'REFERENCE_NOT_FOUND',
        detail: faults.map(({ detail }) => detail).join(' '),
        errors: faults,
      });
    }
    const where = openMembership({ userId: playerId, teamId: fromTeamId }, new Date());
    if (await manager.exists(TeamMembership, { where })) return;
    throw new ProblemException(HttpStatus.CONFLICT, {
      code: 'NOT_IN_TEAM',
      detail: `The player ${playerId} is not in the team ${fromTeamId}.`,
    });
  }
}
