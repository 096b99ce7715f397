/**
 * What a service says about a conversion, in `src/id-conversions/<name>.ts`: which keys become UUIDs, and what of its
 * tables refers to them. Plain data, no logic: the phases read it, and so do programs.
 *
 * Each service declares its own part. The owner has the keys; a service that only refers to them names the same keys, so
 * that it knows whose numbers its columns hold.
 *
 * Tables are called as everywhere in the migrator: `users`, and `club.users` outside the schema public.
 */

/** A numeric key of the owner that becomes a UUID. */
export interface ConvertedKey {
  readonly table: string;
  readonly column: string;
}

/** What to do about a reference to a row that does not exist: stop and list it, keep it aside, or make it null. */
export type DanglingPolicy = 'fail' | 'quarantine' | 'set-null';

interface ReferenceOfAnyKind {
  readonly table: string;
  readonly column: string;
  /** The owner's table whose numbers these are. */
  readonly to: string;
  /** `fail` when left out. */
  readonly dangling?: DanglingPolicy;
}

/** A plain column with one number; with or without a foreign key. */
export interface ColumnReference extends ReferenceOfAnyKind {
  readonly kind: 'column';
}

/** An array of numbers, of one dimension. */
export interface ArrayReference extends ReferenceOfAnyKind {
  readonly kind: 'array';
}

/** Numbers inside a JSON document. */
export interface JsonReference extends ReferenceOfAnyKind {
  readonly kind: 'json';
  /** Keys and array elements from the document's root to the number: `coach.id`, `coachIds[*]`, `lines[*].players[*].id`. */
  readonly path: string;
}

/** A text that is a number of `to` where another column says so, as of polymorphic associations. */
export interface PolymorphicReference extends ReferenceOfAnyKind {
  readonly kind: 'polymorphic';
  readonly typeColumn: string;
  readonly typeValue: string;
}

export type Reference = ColumnReference | ArrayReference | JsonReference | PolymorphicReference;

export interface IdConversion {
  /** The same in every service that has a part in it; letters, digits and hyphens. */
  readonly name: string;
  /** Whose part this is. */
  readonly service: string;
  /** The service whose keys are converted. */
  readonly owner: string;
  readonly keys: readonly ConvertedKey[];
  /** Of this service, inside the owner's database the foreign keys too. */
  readonly references: readonly Reference[];
}

export const isOwner = ({ service, owner }: IdConversion): boolean => service === owner;
