import { paginate, type Paginated, type PaginateConfig, type PaginateQuery } from 'nestjs-paginate';
import type { Repository } from 'typeorm';
import type { BaseEntity } from '../entities/base-entity';
import { encodedLinks } from './encoded-links';

/**
 * A page of `repository` as the client asked for it, each row shown as a `Resource`. Pages have numbers: cursors are
 * not for it.
 *
 * The id has the last word in every order: without it, rows that sort alike could change places between two
 * requests, and a client that turns the pages would miss some. `config` must let the id be sorted by.
 */
export async function listPage<Row extends BaseEntity, Shown>(
  query: PaginateQuery,
  repository: Repository<Row>,
  config: PaginateConfig<Row>,
  Resource: new (row: Row) => Shown,
): Promise<Paginated<Shown>> {
  const order = query.sortBy ?? (config.defaultSortBy as PaginateQuery['sortBy']) ?? [];
  const sortBy: typeof order = order.some(([column]) => column === 'id') ? order : [...order, ['id', 'ASC']];
  // Relative links: what the client calls us, behind which proxy, is not ours to know.
  const page = await paginate({ ...query, sortBy }, repository, { ...config, relativePath: true });
  const data = page.data.map((row) => new Resource(row));
  // The type of a page names the columns of its rows in `meta`; they are the row's, whatever is shown of it.
  return { ...page, data, links: encodedLinks(page, query) } as unknown as Paginated<Shown>;
}
