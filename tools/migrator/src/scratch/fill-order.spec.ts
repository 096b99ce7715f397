import type { Catalog, Constraint, Table } from '../catalog/catalog';
import { fillOrder } from './fill-order';

/** `'a -> b, c?'`: a refers to b by a column that must have a value, and to c by one that can be null. */
function catalogOf(...tables: readonly string[]): Catalog {
  const read = (text: string): [string, Table] => {
    const [name = '', targets = ''] = text.split(' -> ');
    const references = targets.split(', ').filter(Boolean);
    const key = (reference: string): Constraint => ({
      name: reference,
      kind: 'foreign key',
      definition: '',
      columns: [reference],
      references: { table: reference.replace('?', ''), columns: ['id'] },
      validated: true,
    });
    return [
      name,
      {
        schema: 'public',
        name,
        columns: references.map((reference) => ({
          name: reference,
          type: 'uuid',
          enum: null,
          notNull: !reference.endsWith('?'),
          default: null,
          identity: null,
          generated: null,
          collation: null,
          comment: null,
        })),
        constraints: Object.fromEntries(references.map((reference) => [reference, key(reference)])),
        indexes: {},
        comment: null,
      },
    ];
  };
  return { tables: Object.fromEntries(tables.map(read)), enums: {}, sequences: {}, views: {} };
}

const orderOf = (...tables: readonly string[]) => {
  const { tables: order, deferred } = fillOrder(catalogOf(...tables));
  return { order, deferred: deferred.map(({ table, key }) => `${table} -> ${key.name}`) };
};

it('puts a table after all that it refers to', () => {
  expect(orderOf('a -> b, c', 'b -> c', 'c')).toEqual({ order: ['c', 'b', 'a'], deferred: [] });
});

it('defers what refers to its own table', () => {
  expect(orderOf('a -> a?')).toEqual({ order: ['a'], deferred: ['a -> a?'] });
});

it('opens a circle where null is allowed', () => {
  expect(orderOf('a -> b', 'b -> a?')).toEqual({ order: ['b', 'a'], deferred: ['b -> a?'] });
});

it('opens a circle somewhere when null is allowed nowhere', () => {
  expect(orderOf('a -> b', 'b -> a').order).toHaveLength(2);
});
