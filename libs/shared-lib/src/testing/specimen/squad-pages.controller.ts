import { Controller, Get } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { InjectRepository } from '@nestjs/typeorm';
import { FilterOperator, Paginate } from 'nestjs-paginate';
import type { PaginateConfig, Paginated, PaginateQuery } from 'nestjs-paginate';
import type { Repository } from 'typeorm';
import { listPage } from '../../http/list-page';
import { PaginatedList } from '../../http/paginated-list';
import { VersionedResource } from '../../http/resource';
import { WholeList } from '../../http/whole-list';
import { Squad } from './entities';

class SquadResource extends VersionedResource {
  @ApiProperty()
  name: string;

  constructor(squad: Squad) {
    super(squad);
    this.name = squad.name;
  }
}

const SQUAD_PAGES: PaginateConfig<Squad> = {
  sortableColumns: ['id', 'name', 'size'],
  defaultSortBy: [['size', 'DESC']],
  searchableColumns: ['name'],
  filterableColumns: { name: [FilterOperator.EQ, FilterOperator.IN] },
  defaultLimit: 2,
  maxLimit: 3,
};

/** Lists of rows as resources, by pages and whole. */
@Controller('squad-pages')
export class SquadPagesController {
  constructor(@InjectRepository(Squad) private readonly squads: Repository<Squad>) {}

  @Get()
  @PaginatedList(SquadResource, SQUAD_PAGES)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<SquadResource>> {
    return listPage(query, this.squads, SQUAD_PAGES, SquadResource);
  }

  @Get('whole')
  @WholeList(SquadResource)
  async whole(): Promise<SquadResource[]> {
    const squads = await this.squads.find({ order: { name: 'ASC' } });
    return squads.map((squad) => new SquadResource(squad));
  }
}
