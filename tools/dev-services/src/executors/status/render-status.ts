import Table from 'cli-table3';
import type { NatsStatus } from '../../nats/nats-status';
import type { PostgresStatus } from '../../postgres/postgres-status';

export interface Statuses {
  readonly postgres: readonly PostgresStatus[];
  readonly nats?: NatsStatus;
}

/** The human table: one line for each server. */
export function renderStatus({ postgres, nats }: Statuses): string {
  const table = new Table({
    head: ['server', 'state', 'address', 'pid', 'data'],
    style: { head: [], border: [] },
  });
  const servers = [
    ...postgres.map((status) => ({
      ...status,
      name: `postgres ${status.major}`,
      data: status.dataDirectory,
    })),
    ...(nats ? [{ ...nats, name: 'nats', data: nats.storeDirectory }] : []),
  ];
  for (const { name, state, port, pid, data } of servers) {
    table.push([name, state, port ? `127.0.0.1:${port}` : '', pid ?? '', data ?? '']);
  }
  return table.toString();
}
