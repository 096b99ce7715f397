import { join } from 'node:path';
import { startService, type ServiceProcess } from '../service-process';

/** Starts the specimen, on any free port unless PORT is among these variables. The caller kills it. */
export function startSpecimen(env: NodeJS.ProcessEnv): ServiceProcess {
  return startService(join(__dirname, 'main.ts'), env);
}
