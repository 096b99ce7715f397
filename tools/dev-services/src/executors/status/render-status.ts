import Table from 'cli-table3';
import type { PostgresStatus } from '../../postgres/postgres-status';

/** The human table: one line for each major version. */
export function renderStatus(statuses: readonly PostgresStatus[]): string {
  const table = new Table({
    head: ['server', 'state', 'address', 'pid', 'data'],
    style: { head: [], border: [] },
  });
  for (const { major, state, port, pid, dataDirectory } of statuses) {
    table.push([`postgres ${major}`, state, port ? `127.0.0.1:${port}` : '', pid ?? '', dataDirectory ?? '']);
  }
  return table.toString();
}
