/**
 * References between services: who points at whose rows.
 *
 * Owns the declaration alone. Listing what was declared is `cross-service-references.ts`; no foreign key, join
 * or look-up exists behind it, since the other row lives in another database.
 */

/** The row that a column names: a table of another service, by its `id`. */
export interface CrossServiceTarget {
  /** Nx project name of the service that owns the row, for example `user-service`. */
  readonly service: string;
  /** Table in that service's database, for example `users`. */
  readonly table: string;
}

/** What an entity class declared, by property name. */
export type DeclaredReferences = ReadonlyMap<string, CrossServiceTarget>;

const declared = new Map<object, Map<string, CrossServiceTarget>>();

/**
 * Declares that a column holds the id of another service's row. Stands beside `@Column`, which it does not replace:
 *
 *     @CrossServiceReference({ service: 'user-service', table: 'users' })
 *     @Column('uuid')
 *     playerId: string;
 */
export function CrossServiceReference(target: CrossServiceTarget): PropertyDecorator {
  return (prototype, property) => {
    const references = declared.get(prototype) ?? new Map<string, CrossServiceTarget>();
    references.set(String(property), Object.freeze({ ...target }));
    declared.set(prototype, references);
  };
}

/** What `entity` and the classes it extends declared; a subclass's word counts before its parent's. */
export function declaredReferencesOf(entity: { readonly prototype: object }): DeclaredReferences {
  const chain: object[] = [];
  for (
    let prototype: object | null = entity.prototype;
    prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    chain.unshift(prototype);
  }
  return new Map(chain.flatMap((prototype) => [...(declared.get(prototype) ?? [])]));
}
