import { createDataSource } from '@hockey-hub/shared-lib';
import { userDatabase } from './user-database';

/** The database of the user-service. The migrator finds the service by this file. */
export default createDataSource(userDatabase);
