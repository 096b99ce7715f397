import { itBoots } from '@hockey-hub/shared-lib/src/testing';
import { join } from 'node:path';
import { trainingDatabase } from '../src/training-database';

itBoots(trainingDatabase, join(__dirname, '../src/main.ts'), '/workout-sessions');
