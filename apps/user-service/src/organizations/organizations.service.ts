import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { EntityNotFoundError, Repository } from 'typeorm';
import { Organization } from '../entities/organization';
import type { CreateOrganizationDto } from './dto/create-organization.dto';
import { OrganizationResource } from './dto/organization.resource';
import type { UpdateOrganizationDto } from './dto/update-organization.dto';
import { ORGANIZATION_LIST } from './organization-list';

@Injectable()
export class OrganizationsService {
  constructor(@InjectRepository(Organization) private readonly organizations: Repository<Organization>) {}

  async create(organization: CreateOrganizationDto): Promise<OrganizationResource> {
    const created = this.organizations.create({ ...organization });
    return new OrganizationResource(await this.organizations.save(created));
  }

  list(query: PaginateQuery): Promise<Paginated<OrganizationResource>> {
    return listPage(query, this.organizations, ORGANIZATION_LIST, OrganizationResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<OrganizationResource> {
    return new OrganizationResource(await this.organizations.findOneByOrFail({ id }));
  }

  /** @throws EntityNotFoundError; OptimisticLockVersionMismatchError when `changes.version` is outdated. */
  async update(id: string, changes: UpdateOrganizationDto): Promise<OrganizationResource> {
    const organization = await this.organizations.findOneByOrFail({ id });
    return new OrganizationResource(await this.organizations.save(Object.assign(organization, changes)));
  }

  /** Refused by the database while the club has teams or members. @throws EntityNotFoundError */
  async delete(id: string): Promise<void> {
    const { affected } = await this.organizations.delete(id);
    if (!affected) throw new EntityNotFoundError(Organization, { id });
  }
}
