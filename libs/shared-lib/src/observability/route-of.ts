import type { Request } from 'express';

/** Of a request that no route answers, or that was refused before one was looked for. */
const NO_ROUTE = '(none)';

/**
 * The pattern of the route that answers a request, such as `/teams/:id`, and never its path: paths are as many as there are
 * rows. Known once the request was routed, so ask when it ends.
 */
export function routeOf(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? `${request.baseUrl}${path}` : NO_ROUTE;
}
