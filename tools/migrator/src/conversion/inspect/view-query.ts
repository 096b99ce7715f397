/**
 * Pure: a view's query, as Postgres prints it -> its text in pieces, with the relations apart that a conversion shows in two shapes, so that
 * the same query can be written over others in their place.
 *
 * Views have no primary key, and a query may lean on one: `GROUP BY users.id` lets it show all other columns of users. What it needs of
 * them is written into its GROUP BY, which then says in full what it said in short.
 */
import { parseSync } from 'libpg-query';

/** Text, or a relation as it is declared (`users`, `club.users`), which stands there without quotes. */
export type QueryPiece = string | { readonly relation: string };

export interface ReadRelation {
  /** Empty for views, and for tables without a primary key. */
  readonly primaryKey: readonly string[];
  readonly columns: readonly string[];
}

/** @param relations by name, those that shall stand apart; the parser is loaded: see expressions.ts */
export function queryPieces(
  query: string,
  relations: ReadonlyMap<string, ReadRelation>,
): readonly QueryPiece[] {
  const edits: Edit[] = [];
  const bytes = Buffer.from(query);
  const textFrom = (location: number) => bytes.subarray(location).toString();
  walk(parseSync(query), new Set(), {
    relation: ({ schemaname, relname, location = 0 }, commonTables) => {
      const relation =
        schemaname === undefined || schemaname === 'public' ? relname : `${schemaname}.${relname}`;
      // Postgres prints a table with its schema where its name alone would be that of a WITH query.
      if (!relations.has(relation) || (schemaname === undefined && commonTables.has(relname))) return;
      const [written] = QUALIFIED_NAME.exec(textFrom(location))!;
      edits.push({ at: location, length: Buffer.byteLength(written), piece: { relation } });
    },
    select: (select) => {
      const found = missingGroups(select, relations);
      if (found) edits.push({ at: found.at, length: 0, piece: `${found.columns.join(', ')}, ` });
    },
  });
  const pieces: QueryPiece[] = [];
  let at = 0;
  for (const edit of edits.sort((one, other) => one.at - other.at)) {
    pieces.push(bytes.subarray(at, edit.at).toString(), edit.piece);
    at = edit.at + edit.length;
  }
  return [...pieces, bytes.subarray(at).toString()];
}

/** The query again, with names of the caller's, which are quoted, for the relations. */
export const joinPieces = (pieces: readonly QueryPiece[], nameOf: (relation: string) => string): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : nameOf(piece.relation))).join('');

interface Edit {
  /** In bytes, as the parser counts. */
  readonly at: number;
  readonly length: number;
  readonly piece: QueryPiece;
}

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)`;
const QUALIFIED_NAME = new RegExp(String.raw`^${NAME}(?:\.${NAME})?`, 'u');

interface RangeVar {
  readonly schemaname?: string;
  readonly relname: string;
  readonly alias?: { readonly aliasname: string };
  readonly location?: number;
}
interface ColumnRef {
  readonly fields: readonly { readonly String?: { readonly sval: string } }[];
  readonly location?: number;
}
interface Select {
  readonly fromClause?: readonly unknown[];
  readonly groupClause?: readonly { readonly ColumnRef?: ColumnRef }[];
  readonly withClause?: {
    readonly ctes: readonly { readonly CommonTableExpr: { readonly ctename: string } }[];
  };
}

interface Visitor {
  relation(found: RangeVar, commonTables: ReadonlySet<string>): void;
  select(found: Select): void;
}

function walk(node: unknown, commonTables: ReadonlySet<string>, visitor: Visitor): void {
  if (Array.isArray(node)) return node.forEach((child) => walk(child, commonTables, visitor));
  if (typeof node !== 'object' || node === null) return;
  for (const [kind, child] of Object.entries(node)) {
    if (kind === 'RangeVar') visitor.relation(child as RangeVar, commonTables);
    // The two sides of a UNION are queries without a kind of their own.
    const isSelect = kind === 'SelectStmt' || kind === 'larg' || kind === 'rarg';
    const ctes = isSelect ? ((child as Select).withClause?.ctes ?? []) : [];
    if (isSelect) visitor.select(child as Select);
    const inside = new Set([...commonTables, ...ctes.map(({ CommonTableExpr }) => CommonTableExpr.ctename)]);
    walk(child, ctes.length > 0 ? inside : commonTables, visitor);
  }
}

/** Columns that a query shows though its GROUP BY has only their table's primary key; and where they can be put. */
function missingGroups(select: Select, relations: ReadonlyMap<string, ReadRelation>) {
  const groups = (select.groupClause ?? []).flatMap(({ ColumnRef: column }) => (column ? [column] : []));
  const at = groups[0]?.location;
  if (at === undefined) return null;
  const sources = sourcesOf(select.fromClause ?? []);
  const used = columnsIn(select);
  const columns = [...sources].flatMap(([alias, relation]) => {
    const { primaryKey, columns: all } = relations.get(relation) ?? { primaryKey: [], columns: [] };
    const isOf = (column: ColumnRef) => {
      const [first, second] = namesOf(column);
      // Without an alias where there is one table only.
      return second === undefined ? sources.size === 1 : first === alias;
    };
    const named = (found: readonly ColumnRef[]) =>
      new Set(found.filter(isOf).map((column) => namesOf(column).at(-1)!));
    const grouped = named(groups);
    if (primaryKey.length === 0 || !primaryKey.every((column) => grouped.has(column))) return [];
    return [...named(used)]
      .filter((column) => all.includes(column) && !grouped.has(column))
      .map((column) => `${quote(alias)}.${quote(column)}`);
  });
  return columns.length === 0 ? null : { at, columns };
}

/** By the name that the query has for it. */
function sourcesOf(from: readonly unknown[]): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const visit = (node: unknown): void => {
    const { RangeVar: table, JoinExpr: join } = node as {
      readonly RangeVar?: RangeVar;
      readonly JoinExpr?: { readonly larg: unknown; readonly rarg: unknown };
    };
    if (table) {
      const { schemaname, relname, alias } = table;
      const relation =
        schemaname === undefined || schemaname === 'public' ? relname : `${schemaname}.${relname}`;
      sources.set(alias?.aliasname ?? relname, relation);
    } else if (join) [join.larg, join.rarg].forEach(visit);
    // A subquery has no primary key, and counts as a source.
    else sources.set(`subquery ${sources.size}`, '');
  };
  from.forEach(visit);
  return sources;
}

function columnsIn(node: unknown): readonly ColumnRef[] {
  if (Array.isArray(node)) return node.flatMap(columnsIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([kind, child]) =>
    kind === 'ColumnRef' ? [child as ColumnRef] : columnsIn(child),
  );
}

const namesOf = ({ fields }: ColumnRef) => fields.map(({ String: name }) => name?.sval ?? '*');

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
