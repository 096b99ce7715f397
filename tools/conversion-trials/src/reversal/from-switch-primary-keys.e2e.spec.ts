import { testWayBack } from './test-way-back';

testWayBack('SwitchPrimaryKeys');
