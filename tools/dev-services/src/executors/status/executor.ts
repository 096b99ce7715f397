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
    const statuses = await postgresStatus({ major });
    console.log(json ? JSON.stringify(statuses, null, 2) : renderStatus(statuses));
  });
}
