import { Client, type ClientConfig } from 'pg';

/**
 * A connection of the pool whose failure is always heard. A server that stops in the very moment at which it lets a connection
 * in says both in one packet: the pool has stopped listening by then, TypeORM has not begun to, and an 'error' event that
 * nobody listens to ends the process. Whoever uses the connection next is told all the same: its queries fail.
 */
export class HeardClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
