/** Which function is which fault. */
import type { FaultName } from '../schedule/fault-kinds';
import { publishMalformed, redeliver, reorder } from './deliveries';
import type { Fault } from './fault';
import { cut, loseAnswers, loseClients, loseServer, refuse, stall } from './links';
import { crashPostgres, killNats, killProcess, loseStore, restartPostgres } from './processes';
import { holdEvent, holdTransaction } from './transactions';

export const FAULTS: Readonly<Record<FaultName, Fault>> = {
  'kill-service': killProcess,
  'kill-relay': killProcess,
  'kill-nats': killNats,
  'lose-store': loseStore,
  'crash-postgres': crashPostgres,
  'restart-postgres': restartPostgres,
  cut,
  refuse,
  stall,
  'server-gone': loseServer,
  'client-gone': loseClients,
  'lose-answers': loseAnswers,
  redeliver,
  reorder,
  malformed: publishMalformed,
  'hold-transaction': holdTransaction,
  'hold-event': holdEvent,
};
