import { getMetadataArgsStorage, type DataSource } from 'typeorm';
import { SnakeNamingStrategy } from '../database/snake-naming-strategy';
import { declaredReferencesOf } from './cross-service-reference';

/** A column that holds the id of another service's row. */
export interface CrossServiceReferenceInfo {
  /** Name of the entity class. */
  readonly entity: string;
  readonly property: string;
  readonly table: string;
  readonly column: string;
  /** Service that owns the row, for example `user-service`. */
  readonly targetService: string;
  /** Table of that service, for example `users`. */
  readonly targetTable: string;
  /** True in the service that owns the target (an audit column of user-service, say): same database, no foreign key. */
  readonly isLocal: boolean;
}

type EntityClass = (abstract new (...args: never[]) => object) & { readonly name: string };

/** `@CrossServiceReference` stands on something that is not a plain column. */
export class CrossServiceReferenceError extends Error {
  readonly code = 'CROSS_SERVICE_REFERENCE_INVALID';

  constructor(
    readonly entity: string,
    readonly property: string,
    problem: string,
  ) {
    super(`@CrossServiceReference on ${entity}.${property}: ${problem}`);
    this.name = 'CrossServiceReferenceError';
  }
}

/**
 * Every reference to another service's rows that the entities declare, by table and column. Needs no connection.
 *
 * Give a list of entity classes, or a service's DataSource (one whose entities are globs must be initialized);
 * only the latter knows whose it is, so `isLocal` is false for all of a plain list.
 *
 * @throws CrossServiceReferenceError when a declared property has no column, or is a relation with a foreign key.
 */
export function crossServiceReferences(
  source: DataSource | readonly EntityClass[],
): CrossServiceReferenceInfo[] {
  const entities = isList(source) ? source : entityClassesOf(source);
  const service = isList(source) ? undefined : (source.options as { service?: string }).service;
  return entities
    .flatMap((entity) => referencesOf(entity, service))
    .sort((a, b) => a.table.localeCompare(b.table) || a.column.localeCompare(b.column));
}

function isList(source: DataSource | readonly EntityClass[]): source is readonly EntityClass[] {
  return Array.isArray(source);
}

function entityClassesOf(dataSource: DataSource): EntityClass[] {
  const targets = dataSource.isInitialized
    ? dataSource.entityMetadatas.map(({ target }) => target)
    : Object.values(dataSource.options.entities ?? []);
  return targets.filter((target): target is EntityClass => typeof target === 'function');
}

function referencesOf(entity: EntityClass, service: string | undefined): CrossServiceReferenceInfo[] {
  const naming = new SnakeNamingStrategy();
  const storage = getMetadataArgsStorage();
  const owner = tableOwnerOf(entity);
  return [...declaredReferencesOf(entity)].map(([property, target]) => {
    const isDeclared = (args: { target: unknown; propertyName: string }): boolean =>
      args.propertyName === property && isSameOrParent(args.target, entity);
    if (storage.relations.some(isDeclared)) {
      throw new CrossServiceReferenceError(
        entity.name,
        property,
        'a relation makes a foreign key; use a plain column.',
      );
    }
    const column = storage.columns.find(isDeclared);
    if (!column)
      throw new CrossServiceReferenceError(entity.name, property, 'there is no @Column beside it.');
    return {
      entity: entity.name,
      property,
      table: naming.tableName(owner.className, owner.tableName),
      column: naming.columnName(property, column.options.name, []),
      targetService: target.service,
      targetTable: target.table,
      isLocal: target.service === service,
    };
  });
}

/** The class whose table the rows lie in: a child of single-table inheritance has none of its own. */
function tableOwnerOf(entity: EntityClass): { className: string; tableName?: string } {
  const owners = getMetadataArgsStorage().tables.filter(
    ({ target, type }) => type === 'regular' && isSameOrParent(target, entity),
  );
  const owner = owners.find(({ target }) => target === entity) ?? owners[0];
  const className = typeof owner?.target === 'function' ? owner.target.name : entity.name;
  return { className, tableName: owner?.name };
}

function isSameOrParent(candidate: unknown, entity: EntityClass): boolean {
  return typeof candidate === 'function' && (candidate === entity || entity.prototype instanceof candidate);
}
