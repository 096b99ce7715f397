import { ensurePostgres } from '../../postgres/ensure-postgres';
import type { PostgresMajor } from '../../postgres/model';
import { reportingFailure } from '../reporting-failure';

export interface UpOptions {
  major: PostgresMajor;
}

export default function up({ major }: UpOptions) {
  return reportingFailure(async () => {
    const server = await ensurePostgres({ major, onMessage: console.log });
    console.log(
      `Postgres ${major} runs on 127.0.0.1:${server.port}, its data are in ${server.dataDirectory}`,
    );
  });
}
