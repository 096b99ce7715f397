/** fast-check's random schemas: drawn as loose numbers, so that a failing one shrinks; `modelOf` reads them as a schema that makes sense. */
import fc from 'fast-check';

export interface ReferenceDraw {
  readonly kind: 'column' | 'array' | 'json' | 'polymorphic';
  /** Of the converted tables, counted round. */
  readonly to: number;
  /** A second one of the same column, where the kind has such. */
  readonly also: number | null;
  readonly isNullable: boolean;
  /** A wider type than the key's. */
  readonly isWide: boolean;
  readonly foreignKey: null | {
    readonly onDelete: 'no action' | 'restrict' | 'cascade' | 'set null';
    readonly cascadesUpdates: boolean;
    readonly timing: 'at once' | 'deferrable' | 'deferred';
    /** Together with the tenant, where both tables have one. */
    readonly isComposite: boolean;
  };
  readonly index: 'none' | 'plain' | 'unique' | 'partial unique' | 'unique constraint' | 'with label';
  /** Of its form: a path of a document, a type of an array's check. */
  readonly form: number;
}

export interface TableDraw {
  readonly key: 'smallint' | 'integer' | 'bigint' | 'kept number' | 'uuid';
  readonly make: 'serial' | 'always' | 'by default' | 'sequence' | 'plain';
  readonly primary: 'id' | 'tenant and id' | 'none';
  readonly hasTenant: boolean;
  readonly isInSchema: boolean;
  readonly hasLongName: boolean;
  /** By its labels, where its own key is not converted. */
  readonly isPartitioned: boolean;
  readonly references: readonly ReferenceDraw[];
  /** Two columns with numbers of one key are never the same; at least one of them has a value. */
  readonly check: 'none' | 'different' | 'one of them';
  readonly view: 'none' | 'plain' | 'grouped' | 'materialized';
  readonly rows: number;
}

export interface SchemaDraw {
  readonly tables: readonly TableDraw[];
  /** Of rows and writes. */
  readonly seed: number;
  readonly writesAtOnce: number;
  /** Something that no conversion can carry over. */
  readonly isRefused: boolean;
}

const often = (probability: number) =>
  fc.integer({ min: 1, max: 100 }).map((n) => n > 100 - probability * 100);

const foreignKey = fc.record({
  onDelete: fc.constantFrom('no action', 'restrict', 'cascade', 'set null'),
  cascadesUpdates: often(0.3),
  timing: fc.constantFrom('at once', 'deferrable', 'deferred'),
  isComposite: often(0.4),
} as const);

const reference: fc.Arbitrary<ReferenceDraw> = fc.record({
  kind: fc.constantFrom('column', 'column', 'column', 'column', 'array', 'json', 'polymorphic'),
  to: fc.nat({ max: 11 }),
  also: fc.option(fc.nat({ max: 11 })),
  isNullable: often(0.6),
  isWide: often(0.2),
  foreignKey: fc.option(foreignKey, { freq: 3 }),
  index: fc.constantFrom(
    ...(['none', 'plain', 'unique', 'partial unique', 'unique constraint', 'with label'] as const),
  ),
  form: fc.nat({ max: 9 }),
} as const);

const table: fc.Arbitrary<TableDraw> = fc.record({
  key: fc.constantFrom('integer', 'integer', 'bigint', 'smallint', 'uuid', 'kept number'),
  make: fc.constantFrom('serial', 'always', 'by default', 'sequence', 'plain'),
  primary: fc.constantFrom('id', 'id', 'id', 'tenant and id', 'none'),
  hasTenant: often(0.4),
  isInSchema: often(0.2),
  hasLongName: often(0.1),
  isPartitioned: often(0.5),
  references: fc.array(reference, { maxLength: 4 }),
  check: fc.constantFrom('none', 'none', 'different', 'one of them'),
  view: fc.constantFrom('none', 'none', 'none', 'plain', 'grouped', 'materialized'),
  rows: fc.integer({ min: 0, max: 9 }),
} as const);

export const schemaDraw: fc.Arbitrary<SchemaDraw> = fc.record({
  tables: fc.array(table, { minLength: 3, maxLength: 12 }),
  seed: fc.nat({ max: 2 ** 31 - 1 }),
  writesAtOnce: fc.integer({ min: 0, max: 6 }),
  isRefused: often(0.05),
});
