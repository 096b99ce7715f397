/** `nx run legacy-clubs:seed`: options in, what was made out. */
import { databaseUrls, type DatabaseUrls } from '../../config';
import { DIRT_KINDS, type DirtKind } from '../../dirt';
import { LegacyClubsError } from '../../errors';
import { seedLegacyClubs, type SeededClubs } from '../../seed-legacy-clubs';

export interface SeedExecutorOptions extends Partial<DatabaseUrls> {
  readonly users: number;
  readonly seed: number;
  readonly clean: boolean;
  readonly referringRowsPerUser: number;
}

export default async function seed({
  clean,
  ...options
}: SeedExecutorOptions): Promise<{ success: boolean }> {
  try {
    const startedAt = performance.now();
    const made = await seedLegacyClubs({ ...options, ...databaseUrls(options), dirt: !clean });
    console.log(render(made, performance.now() - startedAt));
    return { success: true };
  } catch (error) {
    if (!(error instanceof LegacyClubsError)) throw error;
    console.error(`legacy-clubs: ${error.message}`);
    return { success: false };
  }
}

function render({ users, referringRows, rows, dirt }: SeededClubs, durationMs: number): string {
  const number = (value: number) => value.toLocaleString('en-US');
  return [
    `${number(users)} users and ${number(referringRows)} rows that refer to them, in ${(durationMs / 1000).toFixed(1)} s`,
    ...Object.entries(rows).flatMap(([service, tables]) =>
      Object.entries(tables).map(([table, count]) => `  ${service}  ${table}: ${number(count)}`),
    ),
    ...Object.entries(dirt)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `  dirt  ${kind}: ${number(count)} ${DIRT_KINDS[kind as DirtKind]}`),
  ].join('\n');
}
