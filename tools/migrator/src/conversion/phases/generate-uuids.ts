/**
 * Phase 2: in the owner every row gets its UUID, and every pair goes into the id map and to the other services; a service
 * that refers to the keys receives the map, whole.
 *
 * On the way back nothing is taken away but what makes a key of the UUIDs: pairs stay, as they may be known elsewhere; a service that
 * refers to the keys wants no whole map any more.
 */
import { publishPairs } from '@hockey-hub/shared-lib/src/id-map/publish-pairs';
import { MigratorError } from '../../errors';
import { fillTwins, type FilledTable } from '../backfill/fill-twins';
import { dropCounterparts } from '../constraints/drop-counterparts';
import { makeKeyCounterparts } from '../constraints/make-counterparts';
import { isOwner } from '../declaration';
import { fillIdMaps } from '../id-map/fill-id-maps';
import type { PublishPairs } from '../id-map/map-walk';
import { forgetTasks } from '../state/tasks';
import { twinsOf } from '../twins';
import { phaseContext, type ConversionPhase, type PhaseContext } from './phase-context';
import { forgoIdMaps, receiveIdMaps } from './receive-id-maps';

export const generateUuids: ConversionPhase = {
  /** @throws MigratorError CONVERSION_INCOMPLETE, CONVERSION_STALLED, FILL_FAILED, LOCK_NOT_OBTAINED */
  async up(conversion, queryRunner) {
    const phase = phaseContext(conversion, queryRunner);
    const { database, onProgress } = phase;
    if (!isOwner(conversion)) return receiveIdMaps(phase);
    await fillIdMaps(database, conversion, { onProgress, publish: await publisherOf(phase) });
    const keys = twinsOf(conversion).filter(({ role }) => role === 'key');
    const filled = await fillTwins(database, conversion, { twins: keys, source: 'numeric', onProgress });
    await refuseKeysWithoutPair(phase, filled);
    await makeKeyCounterparts(database, conversion, await phase.facts(), 'numeric');
  },

  /** @throws MigratorError LOCK_NOT_OBTAINED */
  async down(conversion, queryRunner) {
    const phase = phaseContext(conversion, queryRunner);
    const { database } = phase;
    if (!isOwner(conversion)) return forgoIdMaps(phase);
    await dropCounterparts(database, conversion, await phase.facts(), 'numeric');
    await forgetTasks(database.query, conversion.name, { kind: 'twins' });
    await forgetTasks(database.query, conversion.name, { kind: 'id-map' });
  },
};

/** Each of them has one by now; who has none came past the triggers after the map was filled. The next run looks at all of them again. */
async function refuseKeysWithoutPair(
  { conversion, database: { query, service } }: PhaseContext,
  filled: readonly FilledTable[],
): Promise<void> {
  const missing = filled.flatMap(({ table, withoutPair }) =>
    Object.entries(withoutPair)
      .filter(([, rows]) => rows > 0)
      .map(([column, rows]) => `${rows} row(s) of ${table} have no ${column}`),
  );
  if (missing.length === 0) return;
  for (const kind of ['id-map', 'twins'] as const) await forgetTasks(query, conversion.name, { kind });
  throw new MigratorError(
    'CONVERSION_INCOMPLETE',
    `${service}: ${missing.join('; ')}: they were inserted past the triggers that the first phase (AddUuidColumns) has made, after the id ` +
      'map was filled. See that nobody writes without triggers (session_replication_role, DISABLE TRIGGER), and run again: these rows get ' +
      'their UUIDs then.',
  );
}

/** Only where the service has an outbox: a database that is older than its messaging copies its map directly. */
async function publisherOf({ conversion, database }: PhaseContext): Promise<PublishPairs | undefined> {
  const [outbox] = await database.query<{ exists: boolean }>(
    `SELECT to_regclass('"public"."outbox_events"') IS NOT NULL AS "exists"`,
  );
  if (!outbox!.exists) return undefined;
  return (query, numbers) => publishPairs(query, { service: conversion.service, ...numbers });
}
