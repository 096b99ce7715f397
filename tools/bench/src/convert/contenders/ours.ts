/** Ours: the five phases in both databases, one after the other, as the migrator runs them with the databases of both at hand. */
import { DATABASES, type DatabaseName, type DatabaseUrls } from '@hockey-hub/conversion-clients';
import { idMapOf } from '@hockey-hub/migrator/src/conversion/names';
import { addUuidColumns } from '@hockey-hub/migrator/src/conversion/phases/add-uuid-columns';
import { generateUuids } from '@hockey-hub/migrator/src/conversion/phases/generate-uuids';
import type { ConversionPhase } from '@hockey-hub/migrator/src/conversion/phases/phase-context';
import { removeNumericIds } from '@hockey-hub/migrator/src/conversion/phases/remove-numeric-ids';
import { switchPrimaryKeys } from '@hockey-hub/migrator/src/conversion/phases/switch-primary-keys';
import { updateReferences } from '@hockey-hub/migrator/src/conversion/phases/update-references';
import { setEffort } from '@hockey-hub/migrator/src/conversion/state/conversions';
import { queryOf } from '@hockey-hub/migrator/src/pg/query';
import { DataSource } from 'typeorm';
import { withClient } from '../../databases';
import type { ContenderName, ConvertContender } from './contender';
import { declarationOf } from './declarations';

export interface OursOptions {
  readonly name: ContenderName;
  readonly clients: ConvertContender['clients'];
  /** Sessions that fill at the same time, in each database. */
  readonly workers: number;
}

/** In their order. */
const PHASES: Readonly<Record<string, ConversionPhase>> = {
  AddUuidColumns: addUuidColumns,
  GenerateUuids: generateUuids,
  UpdateReferences: updateReferences,
  SwitchPrimaryKeys: switchPrimaryKeys,
  RemoveNumericIds: removeNumericIds,
};

export function ours({ name, clients, workers }: OursOptions): ConvertContender {
  return {
    name,
    clients,
    idMap: idMapOf('users'),
    run: async ({ urls, phase }) => {
      for (const [phaseName, conversionPhase] of Object.entries(PHASES)) {
        await phase(phaseName, async () => {
          for (const database of DATABASES) await runPhase(conversionPhase, database, urls);
          // Known from the first phase on.
          if (conversionPhase === addUuidColumns) await setWorkers(urls, workers);
        });
      }
    },
  };
}

async function runPhase(phase: ConversionPhase, database: DatabaseName, urls: DatabaseUrls): Promise<void> {
  const dataSource = new DataSource({ type: 'postgres', url: urls[database] });
  await dataSource.initialize();
  const queryRunner = dataSource.createQueryRunner();
  try {
    await phase.up(declarationOf(database, urls), queryRunner);
  } finally {
    await queryRunner.release();
    await dataSource.destroy();
  }
}

async function setWorkers(urls: DatabaseUrls, workers: number): Promise<void> {
  for (const database of DATABASES) {
    await withClient(urls[database], (client) =>
      setEffort(queryOf(client), declarationOf(database, urls).name, { workers }),
    );
  }
}
