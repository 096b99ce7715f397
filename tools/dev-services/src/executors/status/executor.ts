import { natsStatus } from '../../nats/nats-status';
import type { PostgresMajor } from '../../postgres/model';
import { postgresStatus } from '../../postgres/postgres-status';
import { reportingFailure } from '../reporting-failure';
import { renderStatus } from './render-status';

export interface StatusOptions {
  major?: PostgresMajor;
  json: boolean;
}

export default function status({ major, json }: StatusOptions) {
  return reportingFailure(async () => {
    const postgres = await postgresStatus({ major });
    const statuses = major === undefined ? { postgres, nats: await natsStatus() } : { postgres };
    console.log(json ? JSON.stringify(statuses, null, 2) : renderStatus(statuses));
  });
}
