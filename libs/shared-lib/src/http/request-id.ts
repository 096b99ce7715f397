import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { AsyncLocalStorage } from 'node:async_hooks';
import { v7 as uuidv7 } from 'uuid';

export const REQUEST_ID_HEADER = 'x-request-id';

/** Ids from outside are written to logs and headers: short, and nothing that means something there. */
const SANE_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

const currentRequest = new AsyncLocalStorage<string>();

/** The id of the request that is being served, or undefined outside of one. */
export function currentRequestId(): string | undefined {
  return currentRequest.getStore();
}

/** Takes over the caller's `x-request-id` when it is sane, else makes one; the answer carries it too. */
export function requestId(): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const offered = request.get(REQUEST_ID_HEADER);
    const id = offered && SANE_REQUEST_ID.test(offered) ? offered : uuidv7();
    request.id = id;
    response.setHeader(REQUEST_ID_HEADER, id);
    currentRequest.run(id, next);
  };
}
