import { createServer, type AddressInfo } from 'node:net';
import { systemErrorCode } from '../errors';

/** `preferred` when it is free, so that a URL a developer has copied goes on working; else a port of the system's choice. */
export async function freePort(preferred?: number): Promise<number> {
  const port = (preferred && (await listenOnce(preferred))) || (await listenOnce(0));
  if (port === undefined) throw new Error('the system has no free port on 127.0.0.1');
  return port;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', (error) => {
      if (['EADDRINUSE', 'EACCES'].includes(systemErrorCode(error) ?? '')) done(undefined);
      else fail(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: bound } = server.address() as AddressInfo;
      server.close(() => done(bound));
    });
  });
}
