/** Pure: the backups that a dry run announces -> text. */
import type { PlannedBackup } from '../model';

export function renderPlannedBackups(backups: readonly PlannedBackup[]): string {
  return backups
    .map(({ service, database, how, obstacle }) => {
      const line = `Would first back up ${service}: ${database} (${how}).`;
      return obstacle === undefined
        ? line
        : `${line} As things are it would stop, because it is used by:\n${obstacle}`;
    })
    .join('\n');
}
