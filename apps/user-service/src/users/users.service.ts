import { listPage, Outbox, USER_CREATED, USER_UPDATED } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { EntityNotFoundError, Repository } from 'typeorm';
import { User } from '../entities/user';
import { holdRow } from '../publishing/hold-row';
import { userState } from '../publishing/public-states';
import { deleteUser } from './delete-user';
import type { CreateUserDto } from './dto/create-user.dto';
import type { UpdateUserDto } from './dto/update-user.dto';
import { UserResource } from './dto/user.resource';
import { PasswordHasher } from './password-hasher';
import { revokeAccess } from './revoke-access';
import { USER_LIST } from './user-list';

@Injectable()
export class UsersService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly passwordHasher: PasswordHasher,
    private readonly outbox: Outbox,
  ) {}

  async create({ password, ...user }: CreateUserDto): Promise<UserResource> {
    const passwordHash = await this.passwordHasher.hash(password);
    return this.users.manager.transaction(async (manager) => {
      const created = await manager.save(manager.create(User, { ...user, passwordHash }));
      await this.outbox.publish(manager, USER_CREATED, created.id, userState(created));
      return new UserResource(created);
    });
  }

  list(query: PaginateQuery): Promise<Paginated<UserResource>> {
    return listPage(query, this.users, USER_LIST, UserResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<UserResource> {
    return new UserResource(await this.users.findOneByOrFail({ id }));
  }

  /**
   * A new e-mail address has to be verified anew; an account that is closed is signed out everywhere.
   *
   * @throws EntityNotFoundError; OptimisticLockVersionMismatchError when `changes.version` is outdated.
   */
  update(id: string, changes: UpdateUserDto): Promise<UserResource> {
    return this.users.manager.transaction(async (manager) => {
      const user = await holdRow(manager, User, id);
      if (changes.email !== undefined && changes.email !== user.email) user.emailVerified = false;
      if (changes.isActive === false) await revokeAccess(manager, id);
      const updated = await manager.save(Object.assign(user, changes));
      await this.outbox.publish(manager, USER_UPDATED, id, userState(updated));
      return new UserResource(updated);
    });
  }

  /**
   * Signs the user out everywhere: whoever knew the old password is out. Nothing that other services know changes.
   *
   * @throws EntityNotFoundError
   */
  async changePassword(id: string, password: string): Promise<void> {
    const passwordHash = await this.passwordHasher.hash(password);
    await this.users.manager.transaction(async (manager) => {
      const { affected } = await manager.update(User, id, { passwordHash });
      if (!affected) throw new EntityNotFoundError(User, { id });
      await revokeAccess(manager, id);
    });
  }

  /** Erases the person with their memberships, guardianships and tokens. @throws EntityNotFoundError */
  delete(id: string): Promise<void> {
    return this.users.manager.transaction((manager) => deleteUser(manager, this.outbox, id));
  }
}
