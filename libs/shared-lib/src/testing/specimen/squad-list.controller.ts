import { Controller, Get } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { FilterOperator, FilterSuffix, Paginate, paginate } from 'nestjs-paginate';
import type { PaginateConfig, Paginated, PaginateQuery } from 'nestjs-paginate';
import type { Repository } from 'typeorm';
import { PaginatedList } from '../../http/paginated-list';
import { SquadDto } from './squads.controller';
import { Squad } from './entities';

const SQUAD_LIST: PaginateConfig<Squad> = {
  relations: ['club'],
  sortableColumns: ['name', 'size', 'createdAt'],
  defaultSortBy: [['name', 'ASC']],
  searchableColumns: ['name'],
  filterableColumns: {
    size: [FilterOperator.GTE, FilterOperator.BTW],
    clubId: [FilterOperator.EQ, FilterOperator.NULL, FilterSuffix.NOT],
    'club.name': [FilterOperator.EQ],
  },
  defaultLimit: 2,
  maxLimit: 3,
};

/** A list, as services have it. */
@Controller('squad-list')
export class SquadListController {
  constructor(@InjectRepository(Squad) private readonly squads: Repository<Squad>) {}

  @Get()
  @PaginatedList(SquadDto, SQUAD_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<Squad>> {
    return paginate(query, this.squads, SQUAD_LIST);
  }
}
