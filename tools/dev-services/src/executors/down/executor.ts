import { stopNats } from '../../nats/stop-nats';
import type { PostgresMajor } from '../../postgres/model';
import { stopPostgres } from '../../postgres/stop-postgres';
import { reportingFailure } from '../reporting-failure';

export interface DownOptions {
  major?: PostgresMajor;
}

export default function down({ major }: DownOptions) {
  return reportingFailure(async () => {
    const stopped = await stopPostgres({ major, onMessage: console.log });
    // Who names a version of Postgres means that one.
    const natsStopped = major === undefined && (await stopNats({ onMessage: console.log }));
    if (stopped.length === 0 && !natsStopped) console.log('Nothing was running.');
  });
}
