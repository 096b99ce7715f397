import {
  listPage,
  ORGANIZATION_CREATED,
  ORGANIZATION_DELETED,
  ORGANIZATION_UPDATED,
  Outbox,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { Repository } from 'typeorm';
import { Organization } from '../entities/organization';
import { holdRow } from '../publishing/hold-row';
import { organizationState } from '../publishing/public-states';
import type { CreateOrganizationDto } from './dto/create-organization.dto';
import { OrganizationResource } from './dto/organization.resource';
import type { UpdateOrganizationDto } from './dto/update-organization.dto';
import { ORGANIZATION_LIST } from './organization-list';

@Injectable()
export class OrganizationsService {
  constructor(
    @InjectRepository(Organization) private readonly organizations: Repository<Organization>,
    private readonly outbox: Outbox,
  ) {}

  create(organization: CreateOrganizationDto): Promise<OrganizationResource> {
    return this.organizations.manager.transaction(async (manager) => {
      const created = await manager.save(manager.create(Organization, { ...organization }));
      await this.outbox.publish(manager, ORGANIZATION_CREATED, created.id, organizationState(created));
      return new OrganizationResource(created);
    });
  }

  list(query: PaginateQuery): Promise<Paginated<OrganizationResource>> {
    return listPage(query, this.organizations, ORGANIZATION_LIST, OrganizationResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<OrganizationResource> {
    return new OrganizationResource(await this.organizations.findOneByOrFail({ id }));
  }

  /** @throws EntityNotFoundError; OptimisticLockVersionMismatchError when `changes.version` is outdated. */
  update(id: string, changes: UpdateOrganizationDto): Promise<OrganizationResource> {
    return this.organizations.manager.transaction(async (manager) => {
      const organization = await holdRow(manager, Organization, id);
      const updated = await manager.save(Object.assign(organization, changes));
      await this.outbox.publish(manager, ORGANIZATION_UPDATED, id, organizationState(updated));
      return new OrganizationResource(updated);
    });
  }

  /** Refused by the database while the club has teams or members. @throws EntityNotFoundError */
  async delete(id: string): Promise<void> {
    await this.organizations.manager.transaction(async (manager) => {
      await holdRow(manager, Organization, id);
      await manager.delete(Organization, { id });
      const deletedAt = new Date().toISOString();
      await this.outbox.publish(manager, ORGANIZATION_DELETED, id, { deletedAt });
    });
  }
}
