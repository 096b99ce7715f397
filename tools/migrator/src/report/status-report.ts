/** Pure: what `migration-status` says of every service. */
import type { ServiceStatus } from '../model';
import { renderDrift } from './render-run';
import { EXIT } from './run-report';
import { table } from './table';

/** An error outweighs drift, and drift outweighs pending migrations. */
export function statusExitCode(statuses: readonly ServiceStatus[]): number {
  if (statuses.some(({ error, state }) => error || state === 'foreign')) return EXIT.error;
  // Out of order is how a pending migration stands, not a disagreement: `migrate` mends it.
  if (statuses.some(isDrifted)) return EXIT.drifted;
  return statuses.some(({ pending }) => pending.length > 0) ? EXIT.pending : EXIT.ok;
}

const STATES: Record<ServiceStatus['state'], string> = {
  'missing-database': 'no database yet',
  empty: 'empty',
  foreign: 'has tables, no ledger',
  present: '',
  error: 'error',
};

export function renderStatus(statuses: readonly ServiceStatus[]): string {
  const rows = statuses.map((status) => [
    status.service,
    String(status.applied),
    String(status.pending.length),
    String(status.drift.length + (status.schemaDrift?.differences.length ?? 0)),
    STATES[status.state] || verdict(status),
    status.pending.join('\n'),
  ]);
  return [
    table(['service', 'applied', 'pending', 'drift', 'state', 'pending migrations'], rows),
    ...statuses.flatMap(({ error }) => (error ? [`\n${error.message}`] : [])),
    ...renderDrift(statuses.flatMap(({ drift }) => drift)),
    ...statuses.flatMap(renderSchemaDrift),
  ].join('\n');
}

function renderSchemaDrift({ service, schemaDrift }: ServiceStatus): string[] {
  if (!schemaDrift) return [];
  const { differences, notCompared } = schemaDrift;
  if (notCompared !== undefined)
    return [`Warning: ${service}: its schema was not compared with its migrations: ${notCompared}`];
  if (differences.length === 0) return [];
  return [
    `Warning: ${service}: its schema is not what the applied migrations make. Somebody changed it by hand; put that into a ` +
      `migration, or take it back:${differences.map((line) => `\n  ${line}`).join('')}`,
  ];
}

function isDrifted({ drift, schemaDrift }: ServiceStatus): boolean {
  return drift.some(({ kind }) => kind !== 'out-of-order') || (schemaDrift?.differences.length ?? 0) > 0;
}

function verdict(status: ServiceStatus): string {
  if (isDrifted(status)) return 'drifted';
  return status.pending.length > 0 ? 'pending' : 'up to date';
}
