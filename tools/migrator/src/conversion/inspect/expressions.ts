/**
 * Pure: an expression as Postgres prints it -> how it uses converted columns. Read by Postgres' own parser.
 *
 * What means the same for a UUID as for a number can be carried over to the twin: whether there is one at all, whether two columns name
 * the same row, how long an array is. All else, as an order, a sum or a comparison with a number, has no meaning for a UUID, or another one.
 */
import { loadModule, parseSync } from 'libpg-query';
import { parseJsonPath } from './json-path';
import { kindOf, targetOf, type Twin } from './inspection';

/** The parser is a WebAssembly module: awaited once, before anything here is called. */
export const loadParser = loadModule;

/** Of the parse tree: every node is an object with one key, its kind. */
type Node = Readonly<Record<string, unknown>>;

interface ColumnRef {
  readonly fields: readonly { readonly String?: { readonly sval: string }; readonly A_Star?: unknown }[];
}
interface Operation {
  readonly kind: string;
  readonly name: readonly Node[];
  readonly lexpr?: Node;
  readonly rexpr?: Node;
}
interface Call {
  readonly funcname: readonly Node[];
  readonly args?: readonly Node[];
}

/** Functions that tell the same of a UUID as of a number, by the kinds that they may be asked about. */
const NULL_COUNTS = new Set(['num_nulls', 'num_nonnulls']);
const ARRAY_LENGTHS = new Set(['cardinality', 'array_length', 'array_ndims']);
const JSON_FORMS = new Set(['jsonb_typeof']);

/** @returns the converted columns that the expression uses in a way that cannot be carried over */
export function uncarriedColumns(expression: string, twins: ReadonlyMap<string, Twin>): readonly string[] {
  return uncarriedIn(parseSync(`SELECT ${expression}`), twins);
}

/** The same for a whole statement's tree. */
export function uncarriedIn(tree: unknown, twins: ReadonlyMap<string, Twin>): readonly string[] {
  const found = new Set<string>();
  const twinOf = (node: unknown) => {
    const name = columnName(withoutTextCast(node));
    return name === null ? undefined : twins.get(name);
  };
  const isCarried = (kind: string, node: Node): boolean =>
    kind === 'NullTest'
      ? twinOf(node['arg']) !== undefined
      : kind === 'A_Expr' && isCarriedOperation(node as unknown as Operation, twinOf);
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    for (const [kind, child] of Object.entries(node)) {
      if (kind === 'ColumnRef') {
        const twin = twinOf({ ColumnRef: child });
        if (twin) found.add(twin.column);
      } else if (kind === 'FuncCall') {
        const call = child as Call;
        (call.args ?? []).filter((argument) => !isCarriedArgument(call, twinOf(argument))).forEach(walk);
      } else if (!isCarried(kind, child as Node)) {
        walk(child);
      }
    }
  };
  walk(tree);
  return [...found];
}

function isCarriedOperation(
  { kind, name, lexpr, rexpr }: Operation,
  twinOf: (node: unknown) => Twin | undefined,
): boolean {
  const [left, right] = [twinOf(lexpr), twinOf(rexpr)];
  const operator = stringOf(name.at(-1));
  const isEquality =
    (kind === 'AEXPR_OP' && (operator === '=' || operator === '<>')) ||
    kind === 'AEXPR_DISTINCT' ||
    kind === 'AEXPR_NOT_DISTINCT';
  if (left && right) return isEquality && targetOf(left) !== null && targetOf(left) === targetOf(right);
  if (!left || right || kind !== 'AEXPR_OP') return false;
  const constant = constantOf(rexpr);
  switch (kindOf(left)) {
    case 'polymorphic':
      return isEquality && constant === '';
    case 'json':
      return (
        (operator === '->' || operator === '->>') && constant !== null && !leadsToNumbers(left, constant)
      );
    case 'array':
    case 'column':
      return false;
  }
}

function isCarriedArgument({ funcname }: Call, twin: Twin | undefined): boolean {
  const name = stringOf(funcname.at(-1));
  if (!twin || name === null) return false;
  if (NULL_COUNTS.has(name)) return true;
  return (
    (kindOf(twin) === 'array' && ARRAY_LENGTHS.has(name)) || (kindOf(twin) === 'json' && JSON_FORMS.has(name))
  );
}

/** Whether a converted path of the document begins with this key. A path that cannot be read is refused elsewhere. */
function leadsToNumbers(twin: Twin, key: string): boolean {
  if (twin.role === 'key') return false;
  return twin.references.some((reference) => {
    if (reference.kind !== 'json') return false;
    const [first] = parseJsonPath(reference.path);
    return first.kind === 'elements' || first.key === key;
  });
}

/** @returns the tables that a query reads whole rows of, as it names them: `SELECT u FROM users u` */
export function wholeRowsOf(query: string): readonly string[] {
  const tables = new Map<string, string>();
  const rows = new Set<string>();
  visit(parseSync(query), (kind, node) => {
    if (kind === 'RangeVar') {
      const { schemaname, relname, alias } = node as unknown as RangeVar;
      const name = schemaname === undefined || schemaname === 'public' ? relname : `${schemaname}.${relname}`;
      tables.set(alias?.aliasname ?? relname, name);
    }
    if (kind === 'ColumnRef') {
      const { fields } = node as unknown as ColumnRef;
      // Postgres prints every list of columns in full: a star that is left is a row.
      if (fields.length > 1 && fields.at(-1)!.A_Star) rows.add(stringOf(fields.at(-2)) ?? '');
    }
  });
  return [...rows].flatMap((alias) => tables.get(alias) ?? []);
}

interface RangeVar {
  readonly schemaname?: string;
  readonly relname: string;
  readonly alias?: { readonly aliasname: string };
}

const NUMBER_TYPES = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8']);

/** @returns those of `columns` from which a query makes numbers by a cast: what is in a text or a document, only a run can tell */
export function columnsCastToNumbers(query: string, columns: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  visit(parseSync(query), (kind, node) => {
    if (kind !== 'TypeCast') return;
    const { arg, typeName } = node as { arg: unknown; typeName: { names: readonly Node[] } };
    if (!NUMBER_TYPES.has(stringOf(typeName.names.at(-1)) ?? '')) return;
    visit(arg, (inner, column) => {
      const name = inner === 'ColumnRef' ? columnName({ ColumnRef: column }) : null;
      if (name !== null && columns.has(name)) found.add(name);
    });
  });
  return [...found];
}

/** The pairs of an exclusion constraint: a column (null for an expression) and its operator. */
export function exclusionOperators(
  definition: string,
): readonly { readonly column: string | null; readonly operator: string }[] {
  const pairs: { column: string | null; operator: string }[] = [];
  visit(parseSync(`ALTER TABLE t ADD ${definition}`), (kind, node) => {
    if (kind !== 'Constraint') return;
    const { exclusions = [] } = node as { exclusions?: readonly { List: { items: readonly Node[] } }[] };
    for (const { List } of exclusions) {
      const [element, operator] = List.items as readonly [
        { IndexElem: { name?: string } },
        { List: { items: readonly Node[] } },
      ];
      pairs.push({
        column: element.IndexElem.name ?? null,
        operator: stringOf(operator.List.items.at(-1)) ?? '',
      });
    }
  });
  return pairs;
}

/** The tree of `ALTER TABLE ... ADD <definition>`, or of another statement. */
export const parseStatement = (sql: string): unknown => parseSync(sql);

function visit(node: unknown, tell: (kind: string, node: Node) => void): void {
  if (Array.isArray(node)) return node.forEach((child) => visit(child, tell));
  if (typeof node !== 'object' || node === null) return;
  for (const [kind, child] of Object.entries(node)) {
    if (typeof child === 'object' && child !== null && !Array.isArray(child)) tell(kind, child as Node);
    visit(child, tell);
  }
}

function columnName(node: unknown): string | null {
  const reference = (node as { ColumnRef?: ColumnRef } | undefined)?.ColumnRef;
  return reference ? stringOf(reference.fields.at(-1)) : null;
}

/** Postgres prints `varchar` columns with a cast where an operator is of texts. */
function withoutTextCast(node: unknown): unknown {
  const cast = (node as { TypeCast?: { arg: unknown; typeName: { names: readonly Node[] } } } | undefined)
    ?.TypeCast;
  return cast && stringOf(cast.typeName.names.at(-1)) === 'text' ? cast.arg : node;
}

function constantOf(node: unknown): string | null {
  const cast = (node as { TypeCast?: { arg: unknown } } | undefined)?.TypeCast;
  if (cast) return constantOf(cast.arg);
  const constant = (node as { A_Const?: { sval?: { sval?: string } } } | undefined)?.A_Const;
  return constant?.sval ? (constant.sval.sval ?? '') : null;
}

function stringOf(node: unknown): string | null {
  return (node as { String?: { sval: string } } | undefined)?.String?.sval ?? null;
}
