import type { BaseEntity } from '@hockey-hub/shared-lib';
import { paginate, type Paginated, type PaginateConfig, type PaginateQuery } from 'nestjs-paginate';
import type { Repository } from 'typeorm';

/** A page of `repository` as the client asked for it, each row shown as a `Resource`. */
export async function listPage<Row extends BaseEntity, Shown>(
  query: PaginateQuery,
  repository: Repository<Row>,
  config: PaginateConfig<Row>,
  Resource: new (row: Row) => Shown,
): Promise<Paginated<Shown>> {
  const page = await paginate(query, repository, config);
  // The page's meta names columns of the row; the two shapes have them in common.
  return { ...page, data: page.data.map((row) => new Resource(row)) } as unknown as Paginated<Shown>;
}
