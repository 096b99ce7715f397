import type { Paginated, PaginateQuery } from 'nestjs-paginate';

/**
 * The links of a page with their parameters encoded. nestjs-paginate writes what was searched and filtered as it
 * came, so that page 2 of a search for `a&b` would be linked to as a search for `a`.
 */
export function encodedLinks<Row>(page: Paginated<Row>, query: PaginateQuery): Paginated<Row>['links'] {
  const rest = parametersOf(page, query);
  const links = Object.entries(page.links).map(([name, link]) => [name, link && encodedLink(link, rest)]);
  return Object.fromEntries(links) as Paginated<Row>['links'];
}

function encodedLink(link: string, rest: URLSearchParams): string {
  const [path = '', parameters = ''] = link.split('?', 2);
  // The number of the page comes first; nothing else can be told apart in what is not encoded.
  const page = new URLSearchParams(parameters).get('page') ?? '1';
  return `${path}?page=${page}&${rest}`;
}

/** Limit and order as they were applied, the rest as it was asked for. */
function parametersOf<Row>({ meta }: Paginated<Row>, query: PaginateQuery): URLSearchParams {
  const parameters = new URLSearchParams({ limit: String(meta.itemsPerPage) });
  for (const order of meta.sortBy) parameters.append('sortBy', order.join(':'));
  if (query.search) parameters.append('search', query.search);
  for (const column of query.searchBy ?? []) parameters.append('searchBy', column);
  if (query.select) parameters.append('select', query.select.join(','));
  for (const [column, values] of Object.entries(query.filter ?? {})) {
    for (const value of [values].flat()) parameters.append(`filter.${column}`, value);
  }
  return parameters;
}
