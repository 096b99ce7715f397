import { createDataSource } from '@hockey-hub/shared-lib';
import { trainingDatabase } from './training-database';

/** The database of the training-service. The migrator finds the service by this file. */
export default createDataSource(trainingDatabase);
