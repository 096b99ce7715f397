import { closure, reversed, topologicalOrder } from './order';

const graph = new Map([
  ['roof', ['walls']],
  ['walls', ['floor', 'door']],
  ['floor', []],
  ['door', []],
  ['garden', []],
]);

it('puts every node after what it waits for, and otherwise keeps the order of the map', () => {
  expect(topologicalOrder(graph)).toEqual(['floor', 'door', 'walls', 'roof', 'garden']);
});

it('reaches everything a node waits for, itself included, and nothing else', () => {
  expect([...closure(graph, ['walls'])].sort()).toEqual(['door', 'floor', 'walls']);
  expect([...closure(graph, [])]).toEqual([]);
});

it('ends on a cycle', () => {
  const cycle = new Map([
    ['a', ['b']],
    ['b', ['a']],
  ]);
  expect([...closure(cycle, ['a'])].sort()).toEqual(['a', 'b']);
});

it('turns every edge round, and forgets those that leave the graph', () => {
  expect(
    reversed(
      new Map([
        ['a', ['b', 'elsewhere']],
        ['b', []],
      ]),
    ),
  ).toEqual(
    new Map([
      ['a', []],
      ['b', ['a']],
    ]),
  );
});
