/** Pure: what hangs on the converted columns of one service, one line each: what its owner should know before he begins. */
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import type { TableFacts } from '../inspect/table-facts';
import { twinsByTable } from '../twins';

export interface InventoryLine {
  /** `users.id`, or `users` where it is about the whole table. */
  readonly on: string;
  readonly kind: string;
  readonly name: string;
  /** As Postgres prints it, where it does. */
  readonly definition: string;
}

export function inventoryOf(conversion: IdConversion, facts: ConversionFacts): InventoryLine[] {
  const lines: InventoryLine[] = [];
  for (const [name, twins] of twinsByTable(conversion)) {
    const table = facts.tables[name];
    if (table) lines.push(...ofTable(table, new Set(twins.map(({ column }) => column))));
  }
  for (const view of facts.views) {
    const kind = view.isMaterialized ? 'materialized view' : 'view';
    lines.push({
      on: Object.keys(view.reads).join(', '),
      kind,
      name: view.name,
      definition: oneLine(view.definition),
    });
  }
  for (const { name, mentions, reads } of facts.functions) {
    const on = [...new Set([...Object.keys(reads), ...Object.keys(mentions)])].join(', ');
    lines.push({ on, kind: 'function', name, definition: '' });
  }
  return lines;
}

function ofTable(table: TableFacts, converted: ReadonlySet<string>): InventoryLine[] {
  const touched = (columns: readonly string[]) => columns.filter((column) => converted.has(column));
  const lines: InventoryLine[] = [];
  const add = (columns: readonly string[], kind: string, name: string, definition = ''): void => {
    for (const column of touched(columns)) {
      lines.push({ on: `${table.name}.${column}`, kind, name, definition: oneLine(definition) });
    }
  };
  for (const column of table.columns) {
    add([column.name], 'column', column.name, `${column.type}${column.notNull ? ' NOT NULL' : ''}`);
    if (column.identity)
      add([column.name], 'identity', column.sequence ?? '', `generated ${column.identity}`);
    else if (column.sequence) add([column.name], 'sequence', column.sequence, column.default ?? '');
    else if (column.default !== null) add([column.name], 'default', column.name, column.default);
    if (column.comment !== null) add([column.name], 'comment', column.name, column.comment);
    for (const { privilege, grantee } of column.grants)
      add([column.name], 'column grant', grantee, privilege);
    if (touched(column.generatedFrom).length > 0) {
      add(column.generatedFrom, 'generated column', column.name, column.generated ?? '');
    }
  }
  for (const { columns, kind, name, definition } of table.constraints) add(columns, kind, name, definition);
  for (const { dependsOn, constraint, name, definition } of table.indexes) {
    if (constraint === null) add(dependsOn, 'index', name, definition);
  }
  for (const { table: from, constraint } of table.inbound) {
    add(
      constraint.references?.columns ?? [],
      'inbound foreign key',
      `${from}.${constraint.name}`,
      constraint.definition,
    );
  }
  for (const { dependsOn, name, definition } of table.statistics)
    add(dependsOn, 'statistics', name, definition);
  for (const policy of table.policies)
    add(policy.reads[table.name] ?? [], 'policy', policy.name, policy.definition);
  for (const { name, columns, whenReads, definition } of table.triggers) {
    const about = touched([...columns, ...whenReads]);
    if (about.length > 0) add(about, 'trigger', name, definition);
    else lines.push({ on: table.name, kind: 'trigger', name, definition: oneLine(definition) });
  }
  for (const { name, reads, definition } of table.rules) add(reads, 'rule', name, definition);
  add(table.partitionKey, 'partition key', table.name);
  for (const { name, columns, filterReads } of table.publications) {
    const listed = columns === null ? [] : columns;
    if (touched([...listed, ...filterReads]).length > 0)
      add([...listed, ...filterReads], 'publication', name);
    else lines.push({ on: table.name, kind: 'publication', name, definition: '' });
  }
  if (table.replicaIdentity !== 'default') {
    lines.push({ on: table.name, kind: 'replica identity', name: table.replicaIdentity, definition: '' });
  }
  return lines;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
