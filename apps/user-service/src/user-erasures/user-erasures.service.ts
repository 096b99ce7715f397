import { ProblemException, SagaError, Sagas, type SagaDetails } from '@hockey-hub/shared-lib';
import { HttpStatus, Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { User } from '../entities/user';
import { UserErasure } from '../entities/user-erasure';
import { ERASE_USER } from '../sagas/erase-user.saga';
import type { CreateUserErasureDto } from './dto/create-user-erasure.dto';
import { UserErasureResource } from './dto/user-erasure.resource';
import { wasDeleted } from './was-deleted';

/** Of one person at a time. The word keeps other users of these locks apart. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('user erasure ' || $1, 0))`;

@Injectable()
export class UserErasuresService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sagas: Sagas,
  ) {}

  /**
   * Asked for twice it is the same erasure, while it is under way.
   *
   * @throws ProblemException REFERENCE_NOT_FOUND
   */
  async create({ userId }: CreateUserErasureDto): Promise<UserErasureResource> {
    const id = await this.dataSource.transaction(async (manager) => {
      await manager.query(LOCK, [userId]);
      return (await this.underWay(manager, userId)) ?? (await this.begin(manager, userId));
    });
    return this.get(id);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<UserErasureResource> {
    const erasure = await this.dataSource.manager.findOneByOrFail(UserErasure, { id });
    return new UserErasureResource(erasure, await this.sagaOf(id));
  }

  private async begin(manager: EntityManager, userId: string): Promise<string> {
    if (!(await manager.existsBy(User, { id: userId })) && !(await wasDeleted(manager, userId))) {
      const detail = `There is no user ${userId}, and never was.`;
      throw new ProblemException(HttpStatus.UNPROCESSABLE_ENTITY, {
        ...{ code: 'REFERENCE_NOT_FOUND', detail, errors: [{ field: 'userId', detail }] },
      });
    }
    const { id } = await manager.save(manager.create(UserErasure, { userId }));
    return this.sagas.start(ERASE_USER, { userId }, { id, manager });
  }

  private async underWay(manager: EntityManager, userId: string): Promise<string | undefined> {
    for (const { id } of await manager.findBy(UserErasure, { userId, completedAt: IsNull() })) {
      const saga = await this.sagaOf(id);
      if (saga && saga.state !== 'compensated') return id;
    }
    return undefined;
  }

  private async sagaOf(id: string): Promise<SagaDetails | undefined> {
    try {
      return await this.sagas.inspect(id);
    } catch (error) {
      if (error instanceof SagaError && error.code === 'SAGA_NOT_FOUND') return undefined;
      throw error;
    }
  }
}
