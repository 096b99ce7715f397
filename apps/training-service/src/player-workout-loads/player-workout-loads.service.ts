import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { EntityNotFoundError, Repository } from 'typeorm';
import { PlayerWorkoutLoad } from '../entities/player-workout-load';
import { holdReferences } from '../known/hold-references';
import { assertNotClosed, holdReferencedSession } from '../workout-sessions/hold-session';
import type { CreatePlayerWorkoutLoadDto } from './dto/create-player-workout-load.dto';
import { PlayerWorkoutLoadResource } from './dto/player-workout-load.resource';
import type { UpdatePlayerWorkoutLoadDto } from './dto/update-player-workout-load.dto';
import { PLAYER_WORKOUT_LOAD_LIST } from './player-workout-load-list';

@Injectable()
export class PlayerWorkoutLoadsService {
  constructor(@InjectRepository(PlayerWorkoutLoad) private readonly loads: Repository<PlayerWorkoutLoad>) {}

  /**
   * @throws UnknownReferenceError when there is no such session; SessionStateError when it is over; NotKnownError when the
   *   player is not known.
   */
  async create(load: CreatePlayerWorkoutLoadDto): Promise<PlayerWorkoutLoadResource> {
    return this.loads.manager.transaction(async (manager) => {
      await holdReferences(manager, PlayerWorkoutLoad, load);
      assertNotClosed(await holdReferencedSession(manager, load.workoutSessionId));
      return new PlayerWorkoutLoadResource(
        await manager.save(manager.create(PlayerWorkoutLoad, { ...load })),
      );
    });
  }

  list(query: PaginateQuery): Promise<Paginated<PlayerWorkoutLoadResource>> {
    return listPage(query, this.loads, PLAYER_WORKOUT_LOAD_LIST, PlayerWorkoutLoadResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<PlayerWorkoutLoadResource> {
    return new PlayerWorkoutLoadResource(await this.loads.findOneByOrFail({ id }));
  }

  /** @throws EntityNotFoundError; OptimisticLockVersionMismatchError when `changes.version` is outdated. */
  async update(id: string, changes: UpdatePlayerWorkoutLoadDto): Promise<PlayerWorkoutLoadResource> {
    const load = await this.loads.findOneByOrFail({ id });
    return new PlayerWorkoutLoadResource(await this.loads.save(Object.assign(load, changes)));
  }

  /** @throws EntityNotFoundError */
  async delete(id: string): Promise<void> {
    const { affected } = await this.loads.delete(id);
    if (!affected) throw new EntityNotFoundError(PlayerWorkoutLoad, { id });
  }
}
