import { itMakesWhatClubsHave } from '@hockey-hub/migrator/src/testing/legacy-take-over';
import { LegacyUsers1763000000000 } from '../../src/migrations/legacy/1763000000000-LegacyUsers';

itMakesWhatClubsHave('user-service', LegacyUsers1763000000000);
