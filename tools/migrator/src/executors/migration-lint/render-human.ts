/** Pure: a lint report as a person reads it: first what each migration locks, then what is wrong with it. */
import type { Finding } from '../../lint/finding';
import { duration, table } from '../../report/table';
import { strongestLocks, type Blocks } from '../../trace/lock-modes';
import type { MigrationTrace } from '../../trace/migration-trace';
import { countErrors, findingsOf, type MigrationLint, type ServiceLint } from './lint-report';

export function renderHuman(services: readonly ServiceLint[]): string {
  return [...services.map(renderService), summary(services)].join('\n\n');
}

function renderService({ service, migrations, error }: ServiceLint): string {
  if (error) return `${service}\n${indent(error.message)}`;
  if (migrations.length === 0) return `${service}\n  no migrations to judge`;
  return [service, ...migrations.map((migration) => indent(renderMigration(migration)))].join('\n');
}

function renderMigration({ trace, withoutRows, findings }: MigrationLint): string {
  return [
    `${trace.migration}  ${duration(trace.durationMs)}${trace.transaction ? '' : ', outside a transaction'}`,
    ...lockLines(trace).map(indent),
    ...(trace.rewritten.length > 0 ? [indent(`rewritten: ${trace.rewritten.join(', ')}`)] : []),
    ...(withoutRows.length > 0 ? [indent(`traced without rows: ${withoutRows.join(', ')}`)] : []),
    ...findings.map((finding) => indent(renderFinding(finding))),
  ].join('\n');
}

const WAITING: Readonly<Record<Blocks, string>> = {
  'reads and writes': 'reads and writes wait',
  writes: 'writes wait',
  'schema changes': 'only schema changes wait',
  nothing: 'nobody waits',
};

/** Times are of synthetic rows: they tell which lock is held while what else happens, not how long production waits. */
function lockLines({ locks }: MigrationTrace): string[] {
  const rows = strongestLocks(locks).map(({ table, mode, heldMs, blocks }) => [
    table,
    mode,
    duration(heldMs),
    WAITING[blocks],
  ]);
  return rows.length === 0 ? [] : [table(['existing table', 'strongest lock', 'held', 'meanwhile'], rows)];
}

function renderFinding({ rule, severity, file, line, statement, message, fix }: Finding): string {
  return [
    `${severity}  ${rule}  ${file}${line === null ? '' : `:${line}`}`,
    ...(statement === null ? [] : [indent(`> ${oneLine(statement)}`)]),
    indent(message),
    indent('Instead:'),
    indent(indent(fix)),
  ].join('\n');
}

function summary(services: readonly ServiceLint[]): string {
  const errors = services.reduce((sum, service) => sum + countErrors(service), 0);
  const warnings = services.flatMap(findingsOf).filter(({ severity }) => severity === 'warning').length;
  const judged = services.reduce((sum, { migrations }) => sum + migrations.length, 0);
  return `${count(judged, 'migration')}, ${count(errors, 'error')}, ${count(warnings, 'warning')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function oneLine(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 197)}...` : line;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
