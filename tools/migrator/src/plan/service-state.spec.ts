import { drawnService } from '../testing/drawn-state';
import { isNamed, parseReference, pendingFiles } from './service-state';

it('calls pending what the folder has and the ledger has not, in the order of timestamps', () => {
  const { files, ledger } = drawnService('A', '*B', 'C', '*-Gone');
  expect(pendingFiles(files, ledger).map(({ name }) => name)).toEqual(['A1', 'C3']);
});

it('takes a name with its timestamp or without, and no part of it', () => {
  const migration = { name: 'AddTeams1764000000000', timestamp: 1_764_000_000_000 };
  expect(isNamed(migration, 'AddTeams')).toBe(true);
  expect(isNamed(migration, 'AddTeams1764000000000')).toBe(true);
  expect(isNamed(migration, 'AddTeams1764')).toBe(false);
  expect(isNamed(migration, 'Add')).toBe(false);
});

it('reads a reference as service and name', () => {
  expect(parseReference('user-service:AddTeams')).toEqual({ service: 'user-service', name: 'AddTeams' });
  expect(['AddTeams', 'user:', ':AddTeams', 'a:b:c', ''].map(parseReference)).toEqual(
    Array(5).fill(undefined),
  );
});
