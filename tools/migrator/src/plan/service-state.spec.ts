import { drawnService } from '../testing/drawn-state';
import { parseReference, pendingFiles } from './service-state';

it('calls pending what the folder has and the ledger has not, in the order of timestamps', () => {
  const { files, ledger } = drawnService('A', '*B', 'C', '*-Gone');
  expect(pendingFiles(files, ledger).map(({ name }) => name)).toEqual(['A1', 'C3']);
});

it('reads a reference as service and name', () => {
  expect(parseReference('user-service:AddTeams')).toEqual({ service: 'user-service', name: 'AddTeams' });
  expect(['AddTeams', 'user:', ':AddTeams', 'a:b:c', ''].map(parseReference)).toEqual(
    Array(5).fill(undefined),
  );
});
