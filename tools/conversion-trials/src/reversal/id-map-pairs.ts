import type { LegacyService } from '@hockey-hub/legacy-clubs';
import { idMapOf } from '@hockey-hub/migrator/src/conversion/names';
import { SERVICES } from '@hockey-hub/migrator/src/testing/legacy-club';
import type { ConversionTrial } from '../trial/conversion-trial';

/** UUIDs by number, of each service. */
export type IdMapPairs = Readonly<Record<LegacyService, ReadonlyMap<string, string>>>;

/** The id map of users as it is, in both databases. */
export async function idMapPairs({ workspace }: ConversionTrial): Promise<IdMapPairs> {
  const [ofUsers, ofTraining] = await Promise.all(
    SERVICES.map(async (service) => {
      const pairs = await workspace.query<{ number: string; uuid: string }>(
        service,
        `SELECT "number", "uuid" FROM ${idMapOf('users')}`,
      );
      return new Map(pairs.map(({ number, uuid }) => [number, uuid]));
    }),
  );
  return { 'user-service': ofUsers!, 'training-service': ofTraining! };
}

/** Numbers whose UUID is another one now, or none. */
export function changedPairs(before: IdMapPairs, after: IdMapPairs): readonly string[] {
  return SERVICES.flatMap((service) =>
    [...before[service]]
      .filter(([number, uuid]) => after[service].get(number) !== uuid)
      .map(([number, uuid]) => `${service}: ${number} was ${uuid}, and is ${after[service].get(number)}`),
  );
}
