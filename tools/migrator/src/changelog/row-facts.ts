/**
 * Pure: the statements that a migration sent -> whose rows it changes. Read from the statements, by Postgres' own parser,
 * because a scratch database has few rows: an UPDATE that touches thousands in production touches none in it. What code
 * in a DO block or in a function does is not seen.
 */
import { loadModule, parseSync } from 'libpg-query';
import { qualifiedName } from '../catalog/catalog';
import { harmless, type Fact } from './fact';
import { codes } from './markdown';

/** Of the parse tree, a table as a statement names it. */
interface RangeVar {
  readonly schemaname?: string;
  readonly relname: string;
}

/** Statements by their names in the parse tree, and how a line begins that tells of them. */
const VERBS: ReadonlyMap<string, string> = new Map([
  ['InsertStmt', 'rows added to'],
  ['CopyStmt', 'rows added to'],
  ['UpdateStmt', 'rows changed in'],
  ['MergeStmt', 'rows merged into'],
  ['DeleteStmt', 'rows removed from'],
  ['TruncateStmt', 'all rows removed from'],
]);

/** @param tables those of the service, before and after: nobody else's rows are told of */
export async function rowFacts(statements: readonly string[], tables: ReadonlySet<string>): Promise<Fact[]> {
  await loadModule();
  const found = new Map<string, Set<string>>();
  for (const statement of statements) {
    visit(parseSync(statement), (verb, { schemaname = 'public', relname }) => {
      const table = qualifiedName({ schema: schemaname, name: relname });
      if (tables.has(table)) found.set(verb, (found.get(verb) ?? new Set()).add(table));
    });
  }
  return [...new Set(VERBS.values())].flatMap((verb) => {
    const changed = [...(found.get(verb) ?? [])].sort();
    return changed.length > 0 ? [harmless(`${verb} ${codes(changed)}`)] : [];
  });
}

/** Goes through the whole tree: such a statement can be part of another one. */
function visit(node: unknown, tell: (verb: string, table: RangeVar) => void): void {
  if (Array.isArray(node)) return node.forEach((child) => visit(child, tell));
  if (typeof node !== 'object' || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    const verb = VERBS.get(key);
    if (verb) tablesOf(key, child as StatementNode).forEach((table) => tell(verb, table));
    visit(child, tell);
  }
}

/** As much of any of these statements as tells what it writes. */
interface StatementNode {
  readonly relation?: RangeVar;
  /** Of a TRUNCATE. */
  readonly relations?: readonly { readonly RangeVar: RangeVar }[];
  /** Of a COPY: there when it writes the table. */
  readonly is_from?: boolean;
}

function tablesOf(kind: string, { relation, relations = [], is_from }: StatementNode): RangeVar[] {
  if (kind === 'CopyStmt' && !is_from) return [];
  return relation ? [relation] : relations.map(({ RangeVar }) => RangeVar);
}
