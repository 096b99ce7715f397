/** The facts of one relation of a conversion, and of a table all that hangs on it. See facts.ts for how things are called. */
import type { PolicyFacts } from './facts';

export type RelationKind =
  | 'table'
  | 'partitioned table'
  | 'foreign table'
  | 'view'
  | 'materialized view'
  | 'sequence'
  | 'index'
  | 'composite type';

export interface RelationFacts {
  readonly name: string;
  readonly schema: string;
  /** Without its schema. */
  readonly relation: string;
  readonly kind: RelationKind;
  readonly owner: string;
  /** Whether the session's role may do what only the owner may. */
  readonly isOwned: boolean;
}

/** What a table and each of its partitions have for themselves: names of their own, and an index or a constraint behind each. */
export interface IndexedFacts extends RelationFacts {
  /** All of them, those of constraints included. */
  readonly indexes: readonly IndexFacts[];
  /** Without NOT NULL, which is a property of the column, also on Postgres 18. */
  readonly constraints: readonly ConstraintFacts[];
}

/** A partition of any level. Its columns are those of `root`. */
export interface PartitionFacts extends IndexedFacts {
  /** The table that is declared. */
  readonly root: string;
  /** Its parent, which may be a partition itself. */
  readonly partitionOf: string;
  /** As of `TableFacts`, where it is partitioned itself. */
  readonly partitionKey: readonly string[];
  /** What is bound to its columns itself, and does not come from its parent: policies, triggers, views, statistics, published columns. */
  readonly dependents: readonly { readonly what: string; readonly column: string }[];
}

export interface TableFacts extends IndexedFacts {
  readonly kind: 'table' | 'partitioned table';
  readonly persistence: 'permanent' | 'unlogged' | 'temporary';
  /** In the order in which Postgres keeps them; dropped ones left out. */
  readonly columns: readonly ColumnFacts[];
  /** Foreign keys of any table, declared or not, that point at this one; its own included. */
  readonly inbound: readonly InboundForeignKey[];
  readonly triggers: readonly TriggerFacts[];
  readonly rules: readonly RuleFacts[];
  readonly policies: readonly PolicyFacts[];
  readonly rowSecurity: 'off' | 'on' | 'forced';
  readonly isPartitioned: boolean;
  /** The columns of the partition key; those that its expressions read, too. Empty where there is none. */
  readonly partitionKey: readonly string[];
  /** The next level only; `ConversionFacts.partitions` has all. */
  readonly partitions: readonly string[];
  /** Its parent, where it is a partition itself. */
  readonly partitionOf: string | null;
  /** Of inheritance, not of partitions. */
  readonly parents: readonly string[];
  readonly children: readonly string[];
  /** CREATE TABLE ... OF: the type's name. */
  readonly ofType: string | null;
  /** Columns of other relations, and functions' arguments and results, that have this table's row type. */
  readonly rowTypeUsedBy: readonly string[];
  readonly replicaIdentity: 'default' | 'nothing' | 'full' | 'index';
  readonly publications: readonly PublicationFacts[];
  readonly statistics: readonly StatisticsFacts[];
  /** On the whole table, the owner's own left out. */
  readonly grants: readonly GrantFacts[];
  /** `fillfactor=90`. */
  readonly options: readonly string[];
  /** As of the last ANALYZE, of all partitions; -1 when there was none. */
  readonly estimatedRows: number;
  /** Of 8 kB, of all partitions. */
  readonly pages: number;
  readonly comment: string | null;
}

export interface ColumnFacts {
  readonly name: string;
  /** `attnum`: stays through renames. */
  readonly position: number;
  /** As `format_type` prints it: `integer`, `character varying(36)`, `integer[]`; of a domain the domain's name. */
  readonly type: string;
  /** The type below the domain; null where the type is none. */
  readonly domainOver: string | null;
  /** The labels, where the type is an enum. */
  readonly enumLabels: readonly string[] | null;
  readonly notNull: boolean;
  /** The default's expression; null without one, and for generated columns. */
  readonly default: string | null;
  readonly identity: 'always' | 'by default' | null;
  /** The expression, where the column is generated, stored or (from Postgres 18 on) virtual. */
  readonly generated: string | null;
  /** The columns of this table that the expression of a generated column reads. */
  readonly generatedFrom: readonly string[];
  /** Quoted, where it is not the type's own. */
  readonly collation: string | null;
  /** The sequence that the column owns as identity, or takes its default from. */
  readonly sequence: string | null;
  /** On this column alone, the owner's own left out. */
  readonly grants: readonly GrantFacts[];
  /** `SET STATISTICS`; null for the default. */
  readonly statisticsTarget: number | null;
  /** `n_distinct=-0.5`. */
  readonly options: readonly string[];
  readonly comment: string | null;
}

export interface IndexFacts {
  readonly name: string;
  /** As `pg_get_indexdef` prints it. */
  readonly definition: string;
  /** `btree`, `gin`. */
  readonly method: string;
  readonly unique: boolean;
  readonly primary: boolean;
  readonly nullsNotDistinct: boolean;
  /** The primary key, unique or exclusion constraint that it belongs to. */
  readonly constraint: string | null;
  /** What it is sorted by, in its order; without INCLUDE. */
  readonly keys: readonly IndexKeyFacts[];
  /** The columns of `keys`; null for an expression. */
  readonly columns: readonly (string | null)[];
  readonly include: readonly string[];
  /**
   * Of a partitioned table's: the columns that it has under their own names, in itself and in the indexes of all partitions. Renaming a column
   * leaves these names behind, and Postgres calls a new partition's index after them.
   */
  readonly ownNamesOf: readonly string[];
  /** Every column that it needs: keys, INCLUDE, those inside expressions and predicate. */
  readonly dependsOn: readonly string[];
  readonly predicate: string | null;
  /** `fillfactor=70`. */
  readonly options: readonly string[];
  /** Quoted; null for the database's own. */
  readonly tablespace: string | null;
  readonly isValid: boolean;
  /** False for a deferrable constraint's. */
  readonly isImmediate: boolean;
  readonly isReplicaIdentity: boolean;
  readonly isClustered: boolean;
  /** Of a partition's index: the name of that of the partition's parent which it is a part of; null for one of its own. */
  readonly parent: string | null;
  readonly comment: string | null;
}

export interface IndexKeyFacts {
  /** Null for an expression. */
  readonly column: string | null;
  /** The expression, or the quoted column. */
  readonly expression: string;
  /** Quoted, where it is not the type's default; with its options in parentheses. */
  readonly operatorClass: string | null;
  /** Quoted, where it is not that of what is indexed. */
  readonly collation: string | null;
  readonly isDescending: boolean;
  readonly hasNullsFirst: boolean;
}

export interface ConstraintFacts {
  readonly name: string;
  readonly kind: 'primary key' | 'unique' | 'check' | 'foreign key' | 'exclusion';
  /** As `pg_get_constraintdef` prints it, without NOT VALID. */
  readonly definition: string;
  /** In the constraint's order; of a check those that it reads; of an exclusion also those of its expressions and its predicate. */
  readonly columns: readonly string[];
  /** Of a check. */
  readonly expression: string | null;
  /** Of a foreign key; the columns stand in the order of `columns`. */
  readonly references: { readonly table: string; readonly columns: readonly string[] } | null;
  readonly onDelete: ForeignKeyAction | null;
  readonly onUpdate: ForeignKeyAction | null;
  /** ON DELETE SET NULL (these alone); empty for all of them. */
  readonly setOnDelete: readonly string[];
  readonly isMatchFull: boolean;
  /** Of a primary key, a unique or an exclusion constraint: its index. Of a foreign key: the one that it points at. */
  readonly index: string | null;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly validated: boolean;
  /** False only for NOT ENFORCED, from Postgres 18 on. */
  readonly isEnforced: boolean;
  readonly noInherit: boolean;
  /** WITHOUT OVERLAPS of a key, PERIOD of a foreign key; from Postgres 18 on. */
  readonly isTemporal: boolean;
  /** Of a partition's constraint: the name of that of the partition's parent which it comes from; null for one of its own. */
  readonly parent: string | null;
  readonly comment: string | null;
}

export type ForeignKeyAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

export interface InboundForeignKey {
  /** Whose foreign key it is. */
  readonly table: string;
  readonly constraint: ConstraintFacts;
}

export interface TriggerFacts {
  readonly name: string;
  /** The whole statement. */
  readonly definition: string;
  /** Of UPDATE OF; empty for any column. */
  readonly columns: readonly string[];
  /** The columns that WHEN reads. */
  readonly whenReads: readonly string[];
  /** Without arguments; with its schema outside public. */
  readonly functionName: string;
  readonly isConstraint: boolean;
  readonly enabled: 'origin' | 'disabled' | 'replica' | 'always';
  readonly comment: string | null;
}

export interface RuleFacts {
  readonly name: string;
  readonly definition: string;
  /** The columns of this table that it reads or writes. */
  readonly reads: readonly string[];
}

export interface PublicationFacts {
  readonly name: string;
  /** Whether it publishes this table by name; otherwise all tables, or all of its schema. */
  readonly isByName: boolean;
  /** Null for all columns. */
  readonly columns: readonly string[] | null;
  readonly rowFilter: string | null;
  /** The columns that the row filter reads. */
  readonly filterReads: readonly string[];
  /** Whether the session's role may change it. */
  readonly isOwned: boolean;
}

export interface StatisticsFacts {
  readonly name: string;
  readonly schema: string;
  /** The whole statement. */
  readonly definition: string;
  /** Those of its expressions, too. */
  readonly dependsOn: readonly string[];
  readonly target: number | null;
  readonly comment: string | null;
}

export interface GrantFacts {
  /** Quoted, or PUBLIC. */
  readonly grantee: string;
  /** `SELECT`. */
  readonly privilege: string;
  readonly isGrantable: boolean;
}
