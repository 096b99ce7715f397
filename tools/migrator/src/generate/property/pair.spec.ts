import fc from 'fast-check';
import { applyEdit, edit } from './edits';
import { entitySchemas } from './entity-schemas';
import { model as anyModel } from './draw-model';
import type { Model } from './model';
import { decisionsOf, sameColumns } from './pair';
import { pairOf } from './run-pair';

it('is the same pair for the same number', () => {
  expect(pairOf(7)).toEqual(pairOf(7));
  expect(pairOf(7)).not.toEqual(pairOf(8));
});

it('has at least six tables before and after', () => {
  for (let number = 1; number <= 200; number++) {
    const { from, to } = pairOf(number);
    expect(Math.min(from.tables.length, to.tables.length)).toBeGreaterThanOrEqual(6);
  }
});

/** Comments of tables are no part of an EntitySchema. */
const entitiesOf = (model: Model) =>
  JSON.stringify([entitySchemas(model), model.tables.map(({ comment }) => comment)]);

it('changes something by every kind of edit', () => {
  const kinds = new Map<string, boolean>();
  fc.assert(
    fc.property(anyModel, edit, (model, one) => {
      const changes = entitiesOf(applyEdit(model, one)) !== entitiesOf(model);
      kinds.set(one.kind, (kinds.get(one.kind) ?? false) || changes);
    }),
    { numRuns: 1_500, seed: 1 },
  );
  expect(kinds.size).toBeGreaterThan(30);
  expect([...kinds].filter(([, changes]) => !changes)).toEqual([]);
});

it('tells renames and drops, and nothing else', () => {
  for (let number = 1; number <= 200; number++) {
    const pair = pairOf(number);
    const { renames, tableRenames, allowDrop } = decisionsOf(pair);
    const same = sameColumns(pair);
    for (const { table, from, to } of renames)
      expect(same.get(`${table}.${from}`)).toMatch(new RegExp(`\\.${to}$`));
    for (const { from, to } of tableRenames) {
      expect(pair.from.tables.some(({ name }) => name === from)).toBe(true);
      expect(pair.to.tables.some(({ name }) => name === to)).toBe(true);
    }
    for (const dropped of allowDrop) expect(same.has(dropped)).toBe(false);
  }
});
