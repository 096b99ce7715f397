/** The order across services, seen in the time at which each migration was applied. */
import { createTable } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';

/**
 * A conversion that goes back and forth, and a service besides:
 *
 *   user      AddUsers -> FillIds                    -> DropIds
 *                                \                  /
 *   training             AddRefs --> FillRefs ------        calendar  AddEvents
 */
const conversion = () => ({
  'user-service': {
    migrations: {
      '1700000000001-AddUsers': createTable('users'),
      '1700000000002-FillIds': createTable('ids'),
      '1700000000003-DropIds': createTable('dropped', { dependsOn: ['training-service:FillRefs'] }),
    },
  },
  'training-service': {
    dependsOn: ['user-service'],
    migrations: {
      '1700000000001-AddRefs': createTable('refs'),
      '1700000000004-FillRefs': createTable('filled', { dependsOn: ['user-service:FillIds'] }),
    },
  },
  'calendar-service': { migrations: { '1700000000009-AddEvents': createTable('events') } },
});

const ORDER = [
  'user-service:AddUsers1700000000001',
  'user-service:FillIds1700000000002',
  'training-service:AddRefs1700000000001',
  'training-service:FillRefs1700000000004',
  'user-service:DropIds1700000000003',
];

let workspace: FixtureWorkspace;
beforeEach(async () => {
  workspace = await createFixtureWorkspace({ services: conversion() });
});
afterEach(() => workspace.remove());

/** The clock of the one server that all databases are on. */
async function appliedInOrder(): Promise<string[]> {
  const entries = await Promise.all(
    ['user-service', 'training-service'].map(async (service) => {
      const rows = await workspace.query<{ id: string; at: string }>(
        service,
        `SELECT '${service}:' || name AS id, applied_at::text AS at FROM migrator.history`,
      );
      return rows;
    }),
  );
  return entries
    .flat()
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ id }) => id);
}

test.each([
  ['all services', []],
  ['only the one that begins and ends it', ['user-service']],
  ['only the other, which needs all but the last of it', ['training-service']],
])('a conversion user -> training -> user is in order when asked for: %s', async (_, services) => {
  const expected = services[0] === 'training-service' ? ORDER.slice(0, -1) : ORDER;

  const dryRun = await workspace.cli(['migrate', ...services, '--dry-run', '--json']);
  const planned = JSON.parse(dryRun.stdout).plan.steps.map(({ id }: { id: string }) => id);
  expect(planned.filter((id: string) => !id.startsWith('calendar'))).toEqual(expected);

  expect(await workspace.cli(['migrate', ...services])).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await appliedInOrder()).toEqual(expected);
  const calendar = await databaseFacts(workspace, 'calendar-service');
  expect(calendar?.ledger).toEqual(services.length === 0 ? ['AddEvents1700000000009'] : undefined);

  // What was left out comes with the next run of everything.
  await workspace.cli(['migrate']);
  expect(await appliedInOrder()).toEqual(ORDER);
});
