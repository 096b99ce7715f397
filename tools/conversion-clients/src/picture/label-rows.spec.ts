import { labelRows } from './label-rows';

const labels = (...places: readonly number[]) => places.map((x) => ({ x, width: 50 }));

it('puts all on the first row when they have room there', () => {
  expect(labelRows(labels(0, 60, 120), 3)).toEqual([0, 0, 0]);
});

it('goes to the next row for one that has no room, and back as soon as there is some', () => {
  expect(labelRows(labels(0, 10, 20, 60), 3)).toEqual([0, 1, 2, 0]);
});

it('takes the row that is free soonest when none is', () => {
  expect(labelRows(labels(0, 10, 20), 2)).toEqual([0, 1, 0]);
});
