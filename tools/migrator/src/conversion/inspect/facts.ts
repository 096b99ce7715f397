/**
 * What Postgres says about everything that touches the columns of a conversion: plain JSON, as `readFacts` reads it. Nothing here says
 * what is done about it; that is decided by `refusalsOf` and by the rooms that build statements.
 *
 * Relations are called as in a declaration: `users`, and `club.users` outside the schema public. Definitions and expressions are
 * printed by Postgres for `search_path = public`. Quoted pieces (of roles, collations, operator classes) can stand in a statement as
 * they are; names cannot, and are quoted by who uses them.
 */
import type { PartitionFacts, RelationFacts, TableFacts } from './table-facts';
import type { ViewFacts } from './view-facts';

export interface ConversionFacts {
  /** `server_version_num`: 150004. */
  readonly serverVersion: number;
  /** By name: every table with a twin that is there, as it is now. What is no table is in `relations` alone. */
  readonly tables: Readonly<Record<string, TableFacts>>;
  /** Those of the tables, of all levels: each one before its parent. */
  readonly partitions: readonly PartitionFacts[];
  /** By name: every relation that the declaration names and that is there, whatever it is. */
  readonly relations: Readonly<Record<string, RelationFacts>>;
  /**
   * Those that read a table of `tables`, directly or through others; each one after all that it reads. Those of the conversion itself
   * are not among them.
   */
  readonly views: readonly ViewFacts[];
  /** Policies of other tables that read a table of `tables`. */
  readonly otherPolicies: readonly PolicyFacts[];
  /** Functions that Postgres knows to depend on a table of `tables`, and those whose text has its name in it. */
  readonly functions: readonly FunctionFacts[];
  /** By name: those of `ColumnFacts.sequence`. */
  readonly sequences: Readonly<Record<string, SequenceFacts>>;
  /** By name: those of the tables and views, and those that the conversion makes, where they are there already. */
  readonly schemas: Readonly<Record<string, SchemaFacts>>;
  /** The conversions that this database has begun and not forgotten, this one included, by name. */
  readonly begun: readonly BegunConversion[];
  readonly session: SessionFacts;
}

export interface PolicyFacts {
  /** Whose rows it is about. */
  readonly table: string;
  readonly name: string;
  readonly isPermissive: boolean;
  readonly command: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  /** Quoted, or PUBLIC. */
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
  /** The whole statement. */
  readonly definition: string;
  /** What its expressions read: columns by relation, that of its own table included. */
  readonly reads: Reads;
  readonly comment: string | null;
}

/** Columns by relation, in no order. */
export type Reads = Readonly<Record<string, readonly string[]>>;

export interface FunctionFacts {
  /** With its arguments' types, as `regprocedure` prints it. */
  readonly name: string;
  readonly language: string;
  /**
   * What it depends on by the catalog: a body that Postgres keeps parsed (BEGIN ATOMIC), defaults of arguments. Empty for all others, which
   * Postgres knows as a text.
   */
  readonly reads: Reads;
  /** The tables whose name, and the converted columns whose name, stand in its text as a word. */
  readonly mentions: Reads;
}

export interface SequenceFacts {
  readonly name: string;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycles: boolean;
  /** The column that it is dropped with; an identity's sequence has one always. */
  readonly ownedBy: { readonly table: string; readonly column: string } | null;
  /** Every column whose default or identity takes numbers from it. */
  readonly usedBy: readonly { readonly table: string; readonly column: string }[];
}

export interface SchemaFacts {
  readonly name: string;
  /** Whether the session's role may make relations in it. */
  readonly mayCreate: boolean;
  /** The names of all relations in it, those of indexes and sequences included. */
  readonly relations: readonly string[];
}

export interface BegunConversion {
  readonly name: string;
  /** `{table, column}` of its twins: keys and references. */
  readonly columns: readonly { readonly table: string; readonly column: string }[];
}

/** What the session's role may do. */
export interface SessionFacts {
  readonly role: string;
  /** CREATE on the database: schemas. */
  readonly mayCreateSchemas: boolean;
  /** A superuser, or BYPASSRLS. */
  readonly bypassesRowSecurity: boolean;
}
