import type { EntityManager } from 'typeorm';
import type { KnownRow } from './known-row';

/** The columns of a read model that one event or snapshot tells of. */
export type News<Row extends KnownRow> = Pick<Row, 'id' | 'sequence'> & Partial<Row>;

/**
 * Stores what an event or a snapshot says, unless the row holds something newer: what comes twice, or late, changes
 * nothing. Columns that `news` does not name stay as they are.
 */
export async function keepNewest<Row extends KnownRow>(
  manager: EntityManager,
  entity: new () => Row,
  news: News<Row>,
): Promise<void> {
  const { tableName, columns } = manager.connection.getMetadata(entity);
  const told = columns.filter(
    ({ propertyName, isPrimary }) =>
      !isPrimary && (propertyName in news || ['sequence', 'updatedAt'].includes(propertyName)),
  );
  await manager
    .createQueryBuilder()
    .insert()
    .into<KnownRow>(entity)
    .values(news)
    .orUpdate(
      told.map(({ databaseName }) => databaseName),
      ['id'],
      { overwriteCondition: { where: `"${tableName}"."sequence" <= EXCLUDED."sequence"` } },
    )
    .updateEntity(false)
    .execute();
}
