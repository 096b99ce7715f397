import { ensurePostgres } from '../../postgres/ensure-postgres';
import type { PostgresMajor } from '../../postgres/model';
import { reportingFailure } from '../reporting-failure';

export interface PsqlUrlOptions {
  major: PostgresMajor;
}

export default function psqlUrl({ major }: PsqlUrlOptions) {
  return reportingFailure(async () => {
    // Standard output is for the URL alone.
    const { url } = await ensurePostgres({ major, onMessage: console.error });
    console.log(url);
  });
}
