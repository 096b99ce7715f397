import { answersAsPostgres } from './answers-as-postgres';
import { serverUrl, type PostgresMajor, type PostgresServer } from './model';
import { processIdentity, unprovenIdentity } from '../system/process-identity';
import { readState } from './state-file';

/** The development server that the state file names, when it lives. Costs a few file reads; starts nothing. */
export async function runningServer(
  dataRoot: string,
  major: PostgresMajor,
): Promise<PostgresServer | undefined> {
  const state = readState(dataRoot, major);
  if (!state?.process) return undefined;
  const identity = processIdentity(state.process.pid);
  if (identity === undefined || identity !== state.process.identity) return undefined;
  // Where a pid is all we know, its number may by now be somebody else's.
  if (identity === unprovenIdentity && !(await answersAsPostgres(state.port))) return undefined;
  const { port, password, dataDirectory } = state;
  return { url: serverUrl(port, password), major, port, dataDirectory };
}
