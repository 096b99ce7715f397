/** Faults on the way between a process and a server, or all processes and a server. What they do is in proxy/. */
import type { Lift, TcpProxy } from '../proxy/tcp-proxy';
import type { Fault } from './fault';

export const cut: Fault = async ({ world, target }) => {
  for (const proxy of world.proxiesOf(target)) proxy.cut();
};

export const refuse = lasting((proxy) => proxy.refuse());
export const stall = lasting((proxy) => proxy.stall());
export const loseServer = lasting((proxy) => proxy.loseServer());
export const loseClients = lasting((proxy) => proxy.loseClients());
export const loseAnswers = lasting((proxy) => proxy.loseAnswers());

function lasting(begin: (proxy: TcpProxy) => Lift | Promise<Lift>): Fault {
  return async ({ world, target, last }) => {
    const lifts = await Promise.all(world.proxiesOf(target).map(begin));
    await last();
    await Promise.all(lifts.map((lift) => lift()));
  };
}
