import { drawnService } from '../../testing/drawn-state';
import { roadOf } from './road';

function road(pending: boolean, ...migrations: string[]) {
  const { files, ledger } = drawnService(...migrations);
  const { run, judged } = roadOf('user', files, pending ? ledger : undefined);
  return run.map(({ name }) => (judged.has(name) ? name : `(${name})`)).join(' ');
}

test('all migrations, whatever the database has', () => {
  expect(road(false, '*Add', 'Change')).toBe('Add1 Change2');
});

test('pending ones alone, on what is applied', () => {
  expect(road(true, '*Add', 'Change', '*Late', 'More')).toBe('(Add1) Change2 (Late3) More4');
  expect(road(true, '*Add')).toBe('(Add1)');
});

test('a squash stands for what it replaces, in a new database', () => {
  expect(road(false, 'Add', 'Change', 'Squash=Add,Change', 'More')).toBe('Squash3 More4');
  expect(road(true, '*Add', '*Change', '*Squash=Add,Change', 'More')).toBe('(Squash3) More4');
});

test('a database in the middle of what a squash replaces is judged on its own road', () => {
  expect(road(true, '*Add', 'Change', 'Squash=Add,Change', 'More')).toBe('(Add1) Change2 More4');
});
