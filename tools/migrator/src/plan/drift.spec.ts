import { drawnService } from '../testing/drawn-state';
import { detectDrift } from './drift';

it('finds none where the folder has what the ledger has, and newer ones', () => {
  const { files, ledger } = drawnService('*A', '*B', 'C');
  expect(detectDrift(files, ledger)).toEqual([]);
});

it('finds none in an empty ledger', () => {
  const { files, ledger } = drawnService('A', 'B');
  expect(detectDrift(files, ledger)).toEqual([]);
});

it('tells an edited, a missing and an out-of-order migration apart', () => {
  const { files, ledger } = drawnService('Late', '*Edited', '*-Gone', '*Same', 'New');
  const edited = files.map((file) => (file.name === 'Edited2' ? { ...file, checksum: 'another' } : file));
  expect(detectDrift(edited, ledger)).toEqual([
    { service: 'user', migration: 'Edited2', kind: 'edited-after-apply' },
    { service: 'user', migration: 'Gone3', kind: 'missing-on-disk' },
    { service: 'user', migration: 'Late1', kind: 'out-of-order' },
  ]);
});

it('tells what this migrator applied from what something else recorded, when there is no file', () => {
  const { files, ledger } = drawnService('*A', '*-Gone');
  const applied = ledger.applied.map((migration) => ({ ...migration, checksum: null }));
  expect(detectDrift(files, { ...ledger, applied })).toEqual([
    { service: 'user', migration: 'Gone2', kind: 'applied-but-unknown' },
  ]);
});

it('does not miss what a squash stands for, and finds neither it nor the squash out of order', () => {
  const recorded = drawnService('*-A', '*-B', 'AB=A1,B2', '*C');
  expect(detectDrift(recorded.files, recorded.ledger)).toEqual([]);
  const squashed = drawnService('A', '-B', '*AB=A1,B2', '*C');
  expect(detectDrift(squashed.files, squashed.ledger)).toEqual([]);
});

it('cannot tell whether a migration was edited that something else applied', () => {
  const { files, ledger } = drawnService('*A');
  const applied = ledger.applied.map((migration) => ({ ...migration, checksum: null }));
  expect(detectDrift(files, { ...ledger, applied })).toEqual([]);
});

it('sees nothing wrong any more in a migration that was applied out of order', () => {
  const { files, ledger } = drawnService('*2Late', '*1New');
  expect(detectDrift(files, ledger)).toEqual([]);
});
