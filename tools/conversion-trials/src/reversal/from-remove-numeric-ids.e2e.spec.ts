import { testWayBack } from './test-way-back';

testWayBack('RemoveNumericIds');
