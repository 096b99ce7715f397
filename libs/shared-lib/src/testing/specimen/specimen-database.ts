import type { ServiceDatabase } from '../../database/data-source';
import { Club, Squad } from './entities';
import { AddMotto1764000001000, CreateSquads1764000000000 } from './migrations';

export const specimenDatabase = {
  service: 'specimen-service',
  entities: [Club, Squad],
  migrations: [CreateSquads1764000000000, AddMotto1764000001000],
} satisfies ServiceDatabase;
