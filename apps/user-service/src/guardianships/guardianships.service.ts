import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { EntityNotFoundError, Repository } from 'typeorm';
import { Guardianship } from '../entities/guardianship';
import type { CreateGuardianshipDto } from './dto/create-guardianship.dto';
import { GuardianshipResource } from './dto/guardianship.resource';
import type { UpdateGuardianshipDto } from './dto/update-guardianship.dto';
import { GUARDIANSHIP_LIST } from './guardianship-list';

@Injectable()
export class GuardianshipsService {
  constructor(@InjectRepository(Guardianship) private readonly guardianships: Repository<Guardianship>) {}

  async create(guardianship: CreateGuardianshipDto): Promise<GuardianshipResource> {
    const { id } = await this.guardianships.save(this.guardianships.create({ ...guardianship }));
    return this.get(id);
  }

  list(query: PaginateQuery): Promise<Paginated<GuardianshipResource>> {
    return listPage(query, this.guardianships, GUARDIANSHIP_LIST, GuardianshipResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<GuardianshipResource> {
    const guardianship = await this.guardianships.findOneOrFail({
      where: { id },
      relations: { parent: true, child: true },
    });
    return new GuardianshipResource(guardianship);
  }

  /** @throws EntityNotFoundError */
  async update(id: string, changes: UpdateGuardianshipDto): Promise<GuardianshipResource> {
    const guardianship = await this.guardianships.findOneByOrFail({ id });
    await this.guardianships.save(Object.assign(guardianship, changes));
    return this.get(id);
  }

  /** @throws EntityNotFoundError */
  async delete(id: string): Promise<void> {
    const { affected } = await this.guardianships.delete(id);
    if (!affected) throw new EntityNotFoundError(Guardianship, { id });
  }
}
