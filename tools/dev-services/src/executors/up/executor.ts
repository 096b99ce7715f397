import { ensureNats } from '../../nats/ensure-nats';
import { ensurePostgres } from '../../postgres/ensure-postgres';
import type { PostgresMajor } from '../../postgres/model';
import { reportingFailure } from '../reporting-failure';

export interface UpOptions {
  major: PostgresMajor;
}

export default function up({ major }: UpOptions) {
  return reportingFailure(async () => {
    const postgres = await ensurePostgres({ major, onMessage: console.log });
    console.log(
      `Postgres ${major} runs on 127.0.0.1:${postgres.port}, its data are in ${postgres.dataDirectory}`,
    );
    const nats = await ensureNats({ onMessage: console.log });
    console.log(`NATS runs on 127.0.0.1:${nats.port}, its streams are in ${nats.storeDirectory}`);
  });
}
