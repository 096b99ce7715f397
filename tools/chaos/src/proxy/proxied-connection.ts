/**
 * One connection that goes through a proxy: two directions, each with a valve.
 *
 *     client  ── requests ──>  server          open     bytes pass
 *             <── answers ───                  held     bytes wait in front of the valve
 *                                              spilled  bytes are read and thrown away
 *
 * What has spilled once must not go on: callers cut the connection when they lift a fault that spilled.
 */
import type { Socket } from 'node:net';

export type Valve = 'open' | 'held' | 'spilled';

class Direction {
  private valve: Valve = 'open';

  constructor(
    private readonly source: Socket,
    private readonly sink: Socket,
  ) {
    source.on('data', (bytes: Buffer) => this.pass(bytes));
    source.on('end', () => {
      if (this.valve === 'open') this.sink.end();
    });
    sink.on('drain', () => this.set(this.valve));
  }

  set(valve: Valve): void {
    this.valve = valve;
    if (valve === 'held') this.source.pause();
    else this.source.resume();
  }

  private pass(bytes: Buffer): void {
    if (this.valve === 'spilled') return;
    if (!this.sink.write(bytes)) this.source.pause();
  }
}

export class ProxiedConnection {
  private readonly requests: Direction;
  private readonly answers: Direction;
  /** While one side is gone and the other is not to know, its end is not passed on. */
  private isHalfOpen = false;

  /** @param onClosed when nothing is left of it on either side */
  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    onClosed: () => void,
  ) {
    this.requests = new Direction(client, server);
    this.answers = new Direction(server, client);
    for (const [side, other] of [
      [client, server],
      [server, client],
    ] as const) {
      side.setNoDelay(true);
      // What the sockets have to say about it shows in their close.
      side.on('error', () => side.destroy());
      side.on('close', (hadError) => {
        if (client.destroyed && server.destroyed) onClosed();
        else if (!this.isHalfOpen) end(other, hadError);
      });
    }
  }

  /** Of no effect on a connection that has lost a side. */
  setValves(requests: Valve, answers: Valve): void {
    if (this.isHalfOpen) return;
    this.requests.set(requests);
    this.answers.set(answers);
  }

  /** Both sides get a reset, as from a peer that was started anew. */
  cut(): void {
    this.isHalfOpen = false;
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }

  /** This side gets a reset; the other goes on into the void until `cut`. */
  loseSide(side: 'client' | 'server'): void {
    this.setValves('spilled', 'spilled');
    this.isHalfOpen = true;
    this[side].resetAndDestroy();
  }
}

function end(socket: Socket, withReset: boolean): void {
  if (withReset) socket.resetAndDestroy();
  else socket.end(() => socket.destroy());
}
