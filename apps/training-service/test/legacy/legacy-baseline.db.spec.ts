import { itMakesWhatClubsHave } from '@hockey-hub/migrator/src/testing/legacy-take-over';
import { LegacyTraining1763000000000 } from '../../src/migrations/legacy/1763000000000-LegacyTraining';

itMakesWhatClubsHave('training-service', LegacyTraining1763000000000);
