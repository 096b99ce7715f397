/** Database URLs: the pieces of one, another database on the same server, and one that can be shown. */
import { MigratorError } from '../errors';

/** Stands in for the host that the URL of a Unix socket leaves out; `URL` refuses `user@/database`. */
const NO_HOST = 'no-host.invalid';

function parse(url: string, service: string): URL {
  const withHost = url.replace('@/', `@${NO_HOST}/`);
  const parsed = URL.canParse(withHost) ? new URL(withHost) : undefined;
  if (
    !parsed ||
    !/^postgres(ql)?:$/.test(parsed.protocol) ||
    !isDecodable(parsed) ||
    databaseOf(parsed) === ''
  ) {
    throw new MigratorError(
      'BAD_DATABASE_URL',
      `${service} has a database URL that cannot be read. It must look like postgres://user:password@host:5432/database; ` +
        `characters such as @, / and # inside the password are written percent-encoded (%40, %2F, %23).`,
    );
  }
  return parsed;
}

/** A lone % is no percent-encoding. */
function isDecodable({ username, password, pathname }: URL): boolean {
  try {
    [username, password, pathname].forEach(decodeURIComponent);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

function databaseOf(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1));
}

/** The name of the database that a URL points at. `service` is for the error's message. */
export function databaseName(url: string, service: string): string {
  return databaseOf(parse(url, service));
}

/** The same server and credentials, another database. */
export function withDatabase(url: string, database: string, service: string): string {
  const parsed = parse(url, service);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.href.replace(`@${NO_HOST}/`, '@/');
}

/** Where a URL points, without credentials: `127.0.0.1:5432/user_service`. */
export function describeUrl(url: string, service: string): string {
  const parsed = parse(url, service);
  const isSocket = parsed.hostname === NO_HOST || parsed.hostname === '';
  const host = isSocket ? (parsed.searchParams.get('host') ?? 'local socket') : parsed.host;
  return `${host}/${databaseOf(parsed)}`;
}
