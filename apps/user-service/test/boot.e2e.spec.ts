import { itBoots } from '@hockey-hub/shared-lib/src/testing';
import { join } from 'node:path';
import { userDatabase } from '../src/user-database';

itBoots(userDatabase, join(__dirname, '../src/main.ts'), '/roles');
