import { runSagasProgram } from '@hockey-hub/shared-lib';
import { userDatabase } from './user-database';

/** The command line for the service's sagas; its README is in the shared library, where the program is. */
void runSagasProgram(userDatabase.service, process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
