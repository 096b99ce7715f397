import type { Migration } from '../model';
import { namedMigration } from '../testing/named-migration';
import { roadsOf } from './roads';

/** `AB=A,B` replaces A and B. */
const folder = (...drawn: string[]): Migration[] =>
  drawn.map((text, index) => {
    const [name = '', replaced = ''] = text.split('=');
    const replaces = replaced.split(',').filter(Boolean);
    return namedMigration(`${index + 1}-${name}`, [], [], { replaces });
  });

const names = (migrations: readonly Migration[]) =>
  migrations.map(({ name, timestamp }) => name.replace(`${timestamp}`, '')).join(' ');

const draw = (...drawn: string[]) => {
  const { long, squashes } = roadsOf(folder(...drawn));
  return [
    names(long),
    ...squashes.map(
      ({ migration, instead, before }) => `${names([...before, migration])} = ${names(instead)}`,
    ),
  ];
};

it.each([
  ['one road without squashes', ['A', 'B'], ['A B']],
  ['a squash of all', ['A', 'B', 'AB=A,B', 'C'], ['A B C', 'AB = A B']],
  ['a squash of the middle', ['A', 'B', 'C', 'BC=B,C', 'D'], ['A B C D', 'A BC = A B C']],
  ['a squash of squashes', ['A', 'B', 'AB=A,B', 'C', 'All=AB,C'], ['A B C', 'AB = A B', 'All = A B C']],
  ['a squash whose old files are gone is the road', ['AB=A,B', 'C'], ['AB C']],
  ['where some of them are gone, the others are no road', ['B', 'AB=A,B', 'C'], ['AB C']],
  ['a squash of a squash whose old files are gone', ['AB=A,B', 'C', 'All=AB,C'], ['AB C', 'All = AB C']],
])('%s', (_, drawn, roads) => {
  expect(draw(...drawn)).toEqual(roads);
});
