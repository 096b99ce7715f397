/** Who is connected to a database: what stands in the way of copying or renaming it. */
import { APPLICATION_NAME } from '../pg/connect';
import type { Query } from '../pg/query';

export interface ConnectedSession {
  readonly pid: number;
  readonly application: string;
  readonly user: string;
  /** Empty for a session on a Unix socket, and where this role may not see it. */
  readonly client: string;
}

/** Sessions of other processes in `database`, asked from a session in another one. */
export async function sessionsIn(query: Query, database: string): Promise<ConnectedSession[]> {
  // Postgres itself sends autovacuum away.
  return query<ConnectedSession>(
    `SELECT pid, coalesce(nullif(application_name, ''), backend_type) AS application, coalesce(usename, '') AS user,
            coalesce(host(client_addr), '') AS client
     FROM pg_stat_activity
     WHERE datname = $1 AND pid <> pg_backend_pid() AND backend_type NOT IN ('autovacuum worker', 'parallel worker')
     ORDER BY pid`,
    [database],
  );
}

export function isMigrator({ application }: ConnectedSession): boolean {
  return application === APPLICATION_NAME;
}

/** `psql (process 4711 of user anna from 10.0.0.7)`, one below the other. */
export function describeSessions(sessions: readonly ConnectedSession[]): string {
  return sessions
    .map(({ application, pid, user, client }) => {
      const from = client ? ` from ${client}` : '';
      return `  ${application} (process ${pid}${user ? ` of user ${user}` : ''}${from})`;
    })
    .join('\n');
}
