import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Role } from '../entities/role';
import { RoleResource } from './dto/role.resource';

const WITH_PERMISSIONS = { rolePermissions: { permission: true } };

@Injectable()
export class RolesService {
  constructor(@InjectRepository(Role) private readonly roles: Repository<Role>) {}

  /** All of them by name: there are too few to page through. */
  async list(): Promise<RoleResource[]> {
    const roles = await this.roles.find({ relations: WITH_PERMISSIONS, order: { name: 'ASC' } });
    return roles.map((role) => new RoleResource(role));
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<RoleResource> {
    return new RoleResource(await this.roles.findOneOrFail({ where: { id }, relations: WITH_PERMISSIONS }));
  }
}
