/** Kills the migrator in the middle of a fill: some of the service's references are filled, and some are not. */
import { withConnection } from '@hockey-hub/migrator/src/pg/connect';
import { queryOf } from '@hockey-hub/migrator/src/pg/query';
import { readProgress, type TaskProgress } from '@hockey-hub/migrator/src/conversion/state/tasks';
import type { RunningCli } from '@hockey-hub/migrator/src/testing/run-cli';
import { nowMs } from '@hockey-hub/conversion-clients';
import { setTimeout as pause } from 'node:timers/promises';
import { ConversionTrialsError } from '../errors';

export interface MigratorKill {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** What it was filling, as the server said when the process was gone; undefined when it was between two. */
  readonly filling?: Pick<TaskProgress, 'doneRows' | 'estimatedRows'> & {
    /** `workout_assignments.playerId_uuid` */
    readonly what: string;
  };
}

const POLL_MS = 5;
const FAR_ENOUGH = 0.3;

/**
 * @param url of the database whose fill is waited for
 * @throws ConversionTrialsError KILL_MISSED when the process had ended before, COMMAND_FAILED when it failed
 */
export async function killInFill(
  migrator: RunningCli,
  url: string,
  conversion: string,
): Promise<MigratorKill> {
  let hasEnded = false;
  const end = () => void (hasEnded = true);
  // Why it ended is asked further down.
  void migrator.exited.then(end, end);
  return withConnection(url, 'trial', async (client) => {
    const query = queryOf(client);
    while (!hasEnded && !isInTheMiddle(await readProgress(query, conversion))) await pause(POLL_MS);
    const atMs = nowMs();
    migrator.kill('SIGKILL');
    const { exitCode, stdout, stderr } = await migrator.exited;
    if (exitCode !== null) throw tooLate(exitCode, `${stdout}${stderr}`);
    const current = (await readProgress(query, conversion)).find(({ endedAt }) => endedAt === null);
    if (!current) return { atMs };
    const { table, columns, doneRows, estimatedRows } = current;
    return { atMs, filling: { what: `${table}.${columns.join('+')}`, doneRows, estimatedRows } };
  });
}

function tooLate(exitCode: number, output: string): ConversionTrialsError {
  if (exitCode !== 0) {
    return new ConversionTrialsError(
      'COMMAND_FAILED',
      `the migrator failed by itself with ${exitCode}:\n${output}`,
    );
  }
  return new ConversionTrialsError(
    'KILL_MISSED',
    'the migrator ended before it could be killed in the middle of a fill. With more users it takes longer.',
  );
}

/** One reference is filled, and the next one well under way; or, where that was too fast to be seen, two are. */
function isInTheMiddle(tasks: readonly TaskProgress[]): boolean {
  const ended = tasks.filter(({ endedAt }) => endedAt !== null).length;
  const isUnderWay = tasks.some(
    ({ endedAt, doneRows, estimatedRows }) => endedAt === null && doneRows >= FAR_ENOUGH * estimatedRows,
  );
  return ended >= 2 || (ended === 1 && isUnderWay);
}
