import { FilterOperator, PaginationType, type PaginateConfig } from 'nestjs-paginate';
import { FilterQuantifier, parseFilterToken } from 'nestjs-paginate/lib/filter';
import type { FieldFault } from './problem';
import { unknownParameter } from './unknown-parameter';

type Values = readonly string[];
type Check = (name: string, values: Values) => FieldFault[];

const FILTER_PREFIX = 'filter.';
const LARGEST_PAGE = 2 ** 31 - 1;

/**
 * Every fault of a list's query string, by the rules of the list. nestjs-paginate itself passes over what it does not
 * understand, so that a misspelled filter would answer with every row.
 */
export function pageQueryFaults<T>(query: Record<string, unknown>, config: PaginateConfig<T>): FieldFault[] {
  const checks = checksOf(config);
  return Object.entries(query).flatMap(([name, raw]) => {
    const values: unknown[] = Array.isArray(raw) ? raw : [raw];
    if (!values.every((value) => typeof value === 'string')) return fault(name, 'must be text');
    if (name.startsWith(FILTER_PREFIX)) return filterFaults(name, values, config);
    return checks[name]?.(name, values) ?? [unknownParameter(name)];
  });
}

/** The parameters of a list; one that its config does not open is left out. */
function checksOf<T>(config: PaginateConfig<T>): Record<string, Check | undefined> {
  const { searchableColumns, select, allowWithDeletedInQuery, paginationType } = config;
  return {
    page: positiveInteger,
    limit: positiveInteger,
    sortBy: sortFaults(config.sortableColumns),
    search: searchableColumns && single,
    searchBy: searchableColumns && oneOf(searchableColumns),
    select:
      select &&
      ((name, values) =>
        oneOf(select)(
          name,
          values.flatMap((value) => value.split(',')),
        )),
    withDeleted: allowWithDeletedInQuery ? oneOf(['true', 'false']) : undefined,
    cursor: paginationType === PaginationType.CURSOR ? single : undefined,
  };
}

const single: Check = (name, values) => (values.length === 1 ? [] : fault(name, 'must be given once'));

const positiveInteger: Check = (name, values) => {
  const isWhole = values.every(
    (value) => /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= LARGEST_PAGE,
  );
  return isWhole ? single(name, values) : fault(name, 'must be a whole number of at least 1');
};

function oneOf(allowed: readonly string[]): Check {
  return (name, values) =>
    values.every((value) => allowed.includes(value))
      ? []
      : fault(name, `must be one of: ${allowed.join(', ')}`);
}

function sortFaults(sortable: readonly string[]): Check {
  return (name, values) =>
    values.flatMap((value) => {
      const [columns = '', direction = '', ...rest] = value.split(':');
      if (rest.length > 0 || !['ASC', 'DESC'].includes(direction)) {
        return fault(name, 'must have the form column:ASC or column:DESC');
      }
      const isSortable = columns.split('~').every((column) => sortable.includes(column));
      return isSortable ? [] : fault(name, `must name one of: ${sortable.join(', ')}`);
    });
}

function filterFaults<T>(name: string, values: Values, config: PaginateConfig<T>): FieldFault[] {
  const filterable: Record<string, readonly string[] | true | undefined> = config.filterableColumns ?? {};
  const column = name.slice(FILTER_PREFIX.length);
  const allowed = Object.hasOwn(filterable, column) ? filterable[column] : undefined;
  if (!allowed)
    return fault(name, `cannot be filtered by; these can: ${Object.keys(filterable).join(', ') || 'none'}`);

  return values.flatMap((value) => {
    const token = parseFilterToken(value);
    if (!token) return [];
    const used: (string | undefined)[] = [token.operator, token.suffix, token.quantifier];
    const refused = used.filter(
      (part) =>
        part && part !== FilterOperator.EQ && part !== FilterQuantifier.ANY && !isAllowed(part, allowed),
    );
    if (refused.length > 0) return fault(name, `does not know ${refused.join(', ')} here`);
    if (token.operator === FilterOperator.NULL) return [];
    if (!token.value) return fault(name, `needs a value after ${token.operator}`);
    const isRange = token.value.split(',').length === 2;
    return token.operator === FilterOperator.BTW && !isRange
      ? fault(name, 'needs two values: $btw:from,to')
      : [];
  });
}

function isAllowed(part: string, allowed: readonly string[] | true): boolean {
  return allowed === true || allowed.includes(part);
}

function fault(field: string, detail: string): FieldFault[] {
  return [{ field, detail: `${field} ${detail}` }];
}
