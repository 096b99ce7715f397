/** The major versions this workspace installs: both ends of the range the platform supports. */
export const postgresMajors = [15, 18] as const;
export type PostgresMajor = (typeof postgresMajors)[number];
export const defaultPostgresMajor: PostgresMajor = 18;

/** A server that accepts connections. */
export interface PostgresServer {
  /** `postgres://user:password@127.0.0.1:port/postgres`, a superuser of this server alone. */
  readonly url: string;
  readonly major: PostgresMajor;
  readonly port: number;
  readonly dataDirectory: string;
}

export interface PostgresOptions {
  /** Default 18. */
  major?: PostgresMajor;
  /** The folder that holds the state and, where the server's user can enter it, the data. Default `<workspace>/.data`. */
  dataRoot?: string;
  /** Told, one line at a time, what takes noticeable time. Default: nobody is. */
  onMessage?: (line: string) => void;
}

/** The superuser of every server we make. */
export const superuser = 'hockey_hub';

export function serverUrl(port: number, password: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}
