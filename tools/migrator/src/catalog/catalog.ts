/**
 * Facts of one database's schema, as Postgres itself prints them: plain JSON, sorted by name, safe to keep and compare.
 * Two databases have the same schema exactly when their catalogs are equal (`compareCatalogs`).
 *
 * In it: what TypeORM entities can express, in every schema of the database: tables, columns, keys, checks, indexes, enums,
 * sequences, views. Not in it: the history tables, what extensions own, and what entities cannot say (functions,
 * triggers, policies, grants): a comparison neither sees nor touches those.
 */

export interface Catalog {
  /** By `qualifiedName`. */
  readonly tables: Readonly<Record<string, Table>>;
  readonly enums: Readonly<Record<string, EnumType>>;
  /** Those that no identity column owns. */
  readonly sequences: Readonly<Record<string, Sequence>>;
  readonly views: Readonly<Record<string, View>>;
}

export interface ObjectName {
  readonly schema: string;
  readonly name: string;
}

export interface Table extends ObjectName {
  /** In the order in which Postgres keeps them; the order is no part of a comparison. */
  readonly columns: readonly Column[];
  readonly constraints: Readonly<Record<string, Constraint>>;
  /** Those that no constraint owns. */
  readonly indexes: Readonly<Record<string, Index>>;
  readonly comment: string | null;
}

export interface Column {
  readonly name: string;
  /** As `format_type` prints it, with length, precision and `[]`: `character varying(50)`, `users_role_enum[]`. */
  readonly type: string;
  /** The enum's `qualifiedName` where the type is one, or an array of one. */
  readonly enum: string | null;
  readonly notNull: boolean;
  /** The default's expression; null without one, and for generated columns. */
  readonly default: string | null;
  readonly identity: 'always' | 'by default' | null;
  /** The expression of a stored generated column. */
  readonly generated: string | null;
  /** Quoted, where it is not the type's own. */
  readonly collation: string | null;
  readonly comment: string | null;
}

export interface Constraint {
  readonly name: string;
  readonly kind: 'primary key' | 'unique' | 'check' | 'foreign key' | 'exclusion';
  /** As `pg_get_constraintdef` prints it, without NOT VALID. */
  readonly definition: string;
  /** In the constraint's order; empty for checks on no column. */
  readonly columns: readonly string[];
  /** Of a foreign key. */
  readonly references: { readonly table: string; readonly columns: readonly string[] } | null;
  readonly validated: boolean;
}

export interface Index {
  readonly name: string;
  /** As `pg_get_indexdef` prints it. */
  readonly definition: string;
  readonly unique: boolean;
  /** False after a CREATE INDEX CONCURRENTLY that failed. */
  readonly valid: boolean;
  /** Key columns in order; null where the key is an expression. */
  readonly columns: readonly (string | null)[];
  /** Every column it depends on: keys, expressions, predicate, INCLUDE. Sorted. */
  readonly dependsOn: readonly string[];
  /** Whether it has a predicate or a key that is an expression. */
  readonly hasExpression: boolean;
}

export interface EnumType extends ObjectName {
  readonly labels: readonly string[];
}

export interface Sequence extends ObjectName {
  /** `integer` or `bigint`. */
  readonly type: string;
  /** The column that it goes with, as of `serial`. */
  readonly ownedBy: { readonly table: string; readonly column: string } | null;
}

export interface View extends ObjectName {
  readonly materialized: boolean;
  readonly definition: string;
  /** Tables and views that it reads, with the columns, by `qualifiedName`. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /** Of a materialized view, as `pg_get_indexdef` prints them. */
  readonly indexes: readonly string[];
  /** Statements that make again what else would go with it: triggers, its comment, grants. No part of a comparison. */
  readonly attached: readonly string[];
}

/** `users`, and `legacy.users` outside the schema public: how catalogs, options and messages name things. */
export function qualifiedName({ schema, name }: ObjectName): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}
