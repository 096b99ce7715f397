/** `migrate --require-rehearsal`: only what was rehearsed runs. */
import { findRehearsal } from '../backup/rehearsals';
import type { MigratorConfig } from '../config';
import { MigratorError } from '../errors';
import type { Plan } from '../model';
import { fingerprintOf } from '../plan/fingerprint';

/** @throws MigratorError REHEARSAL_MISSING, unless this very plan went well on copies of the databases */
export async function requireRehearsal(config: MigratorConfig, plan: Plan): Promise<void> {
  if (plan.steps.length === 0) return;
  const fingerprint = fingerprintOf(plan);
  if (await findRehearsal(config.backups.folder, fingerprint)) return;
  const services = [...new Set(plan.steps.map(({ service }) => service))].join(' ');
  throw new MigratorError(
    'REHEARSAL_MISSING',
    `this plan (${plan.steps.length} migration(s), fingerprint ${fingerprint.slice(0, 12)}) was not rehearsed, so nothing was changed. ` +
      `Rehearse it, with the same --to, --only and --allow, if any:\n  migration-rehearse ${services} --fresh\n` +
      `The records of rehearsals are in ${config.backups.folder}; MIGRATOR_BACKUP_FOLDER says so.`,
  );
}
