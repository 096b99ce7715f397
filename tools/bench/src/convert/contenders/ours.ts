/** Ours: the five phase migrations of both services, as the migrator runs them, one after the other. */
import { queryOf } from '@hockey-hub/migrator/src/pg/query';
import { idMapOf } from '@hockey-hub/migrator/src/conversion/names';
import { setEffort } from '@hockey-hub/migrator/src/conversion/state/conversions';
import { DataSource } from 'typeorm';
import type { DatabaseName, DatabaseUrls } from '@hockey-hub/conversion-clients';
import { withClient } from '../../databases';
import { DATABASES, type ContenderName, type ConvertContender } from './contender';
import { DECLARATIONS } from './declarations';
import { loadPhases, PHASE_FILES, type PhaseName, type PhaseOf } from './load-phases';

export interface OursOptions {
  readonly name: ContenderName;
  readonly clients: ConvertContender['clients'];
  /** Sessions that fill at the same time, in each database. */
  readonly workers: number;
}

export function ours({ name, clients, workers }: OursOptions): ConvertContender {
  return {
    name,
    clients,
    idMap: idMapOf('users'),
    run: async ({ urls, phase }) => {
      const phases = await loadPhases();
      for (const phaseName of Object.keys(PHASE_FILES) as PhaseName[]) {
        await phase(phaseName, async () => {
          for (const database of DATABASES) await runPhase(phases[phaseName], database, urls);
          // Known from the first phase on.
          if (phaseName === 'AddUuidColumns') await setWorkers(urls, workers);
        });
      }
    },
  };
}

async function runPhase(phaseOf: PhaseOf, database: DatabaseName, urls: DatabaseUrls): Promise<void> {
  const dataSource = new DataSource({ type: 'postgres', url: urls[database] });
  await dataSource.initialize();
  const queryRunner = dataSource.createQueryRunner();
  try {
    await phaseOf(DECLARATIONS[database]).up(queryRunner);
  } finally {
    await queryRunner.release();
    await dataSource.destroy();
  }
}

async function setWorkers(urls: DatabaseUrls, workers: number): Promise<void> {
  for (const database of DATABASES) {
    await withClient(urls[database], (client) =>
      setEffort(queryOf(client), DECLARATIONS[database].name, { workers }),
    );
  }
}
