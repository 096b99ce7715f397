import { drawnService } from '../testing/drawn-state';
import { appliedRoad } from './applied-road';

it.each([
  ['what is applied', ['*A', '*B', 'C'], 'A1 B2', []],
  ['in the order in which it was applied', ['*2A', '*1B'], 'B2 A1', []],
  ['a squash that ran', ['A', 'B', '*AB=A,B', '*C'], 'AB3 C4', []],
  ['what a recorded squash replaced', ['*A', '*B', '*AB=A,B', '*C'], 'A1 B2 C4', []],
  [
    'the recorded squash where files that it replaced are gone',
    ['*A', '*-B', '*AB=A1,B2', '*C'],
    'AB3 C4',
    [],
  ],
  ['also before it is recorded', ['*-A', '*-B', 'AB=A1,B2', '*C'], 'AB3 C4', []],
  ['nothing for a file that is gone', ['*A', '*-B', '*C'], 'A1 C3', ['B2']],
])('%s', (_, drawn, expected, gone) => {
  const { files, ledger } = drawnService(...drawn);
  const { road, missing } = appliedRoad(files, ledger);
  expect([road.map(({ name }) => name).join(' '), missing]).toEqual([expected, gone]);
});
