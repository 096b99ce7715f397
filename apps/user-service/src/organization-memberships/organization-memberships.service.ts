import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { EntityNotFoundError, Repository } from 'typeorm';
import { OrganizationMembership } from '../entities/organization-membership';
import type { CreateOrganizationMembershipDto } from './dto/create-organization-membership.dto';
import { OrganizationMembershipResource } from './dto/organization-membership.resource';
import type { UpdateOrganizationMembershipDto } from './dto/update-organization-membership.dto';
import { ORGANIZATION_MEMBERSHIP_LIST } from './organization-membership-list';

@Injectable()
export class OrganizationMembershipsService {
  constructor(
    @InjectRepository(OrganizationMembership)
    private readonly memberships: Repository<OrganizationMembership>,
  ) {}

  async create(membership: CreateOrganizationMembershipDto): Promise<OrganizationMembershipResource> {
    const { id } = await this.memberships.save(this.memberships.create({ ...membership }));
    return this.get(id);
  }

  list(query: PaginateQuery): Promise<Paginated<OrganizationMembershipResource>> {
    return listPage(query, this.memberships, ORGANIZATION_MEMBERSHIP_LIST, OrganizationMembershipResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<OrganizationMembershipResource> {
    const membership = await this.memberships.findOneOrFail({
      where: { id },
      relations: { user: true, role: true },
    });
    return new OrganizationMembershipResource(membership);
  }

  /** @throws EntityNotFoundError */
  async update(
    id: string,
    changes: UpdateOrganizationMembershipDto,
  ): Promise<OrganizationMembershipResource> {
    const membership = await this.memberships.findOneByOrFail({ id });
    await this.memberships.save(Object.assign(membership, changes));
    return this.get(id);
  }

  /** @throws EntityNotFoundError */
  async delete(id: string): Promise<void> {
    const { affected } = await this.memberships.delete(id);
    if (!affected) throw new EntityNotFoundError(OrganizationMembership, { id });
  }
}
