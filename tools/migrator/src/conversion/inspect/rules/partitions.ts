/**
 * Pure: what a conversion cannot do with a partitioned table, and what somebody has hung on one of its partitions alone. Indexes, unique
 * rules and foreign keys that partitions have from their table, and indexes of their own, are carried over.
 */
import type { InspectedTable, Inspection } from '../inspection';
import { refuse, type Refusal } from '../refusal';
import type { ConstraintFacts, PartitionFacts } from '../table-facts';

export function refusePartitions(inspection: Inspection): readonly Refusal[] {
  return [...inspection.tables.values()].flatMap((table) => {
    const partitions = inspection.facts.partitions.filter(({ root }) => root === table.name);
    return [
      ...refuseKeys(table, partitions),
      ...refuseTable(table),
      ...partitions.flatMap((partition) => refusePartition(partition, table)),
    ];
  });
}

function refuseKeys(table: InspectedTable, partitions: readonly PartitionFacts[]): readonly Refusal[] {
  return [table, ...partitions].flatMap(({ name, partitionKey }) =>
    partitionKey
      .filter((column) => table.twins.has(column))
      .map((column) =>
        refuse(
          'CONVERSION_PARTITION_KEY',
          `${name}.${column}`,
          `${name} is partitioned by it: a row's partition would change with its value, and the bounds are numbers. Move the rows to a ` +
            'table that is partitioned by something else, or by nothing, first.',
        ),
      ),
  );
}

function refuseTable(table: InspectedTable): readonly Refusal[] {
  if (!table.isPartitioned || table.partitionKey.some((column) => table.twins.has(column))) return [];
  const isConverted = anyOf(table);
  const found = [
    ...table.constraints
      .filter(({ kind, columns }) => ['primary key', 'exclusion'].includes(kind) && isConverted(columns))
      .map(calledByKind),
    ...table.inbound
      .filter(({ constraint }) => isConverted(constraint.references!.columns))
      .map((inbound) => `the foreign key ${inbound.constraint.name} of ${inbound.table}`),
  ];
  if (found.length === 0) return [];
  const problem =
    `it is partitioned, and ${found.join(', ')} ${found.length > 1 ? 'need' : 'needs'} a counterpart over UUIDs, which Postgres cannot make ` +
    'of a partitioned table while clients write. Drop that before the conversion, and make it again after the contract; a unique rule may ' +
    'stand in for a primary key.';
  return [refuse('CONVERSION_PARTITIONED', table.name, problem)];
}

function refusePartition(partition: PartitionFacts, table: InspectedTable): readonly Refusal[] {
  const { name, kind, constraints, dependents } = partition;
  if (kind === 'foreign table') {
    const problem = `it is a foreign table, whose rows nobody can convert here, and a partition of ${table.name}. Detach it first: ALTER TABLE ... DETACH PARTITION.`;
    return [refuse('CONVERSION_PARTITIONED', name, problem)];
  }
  const isConverted = anyOf(table);
  const found = [
    ...constraints
      .filter(({ parent, columns }) => parent === null && isConverted(columns))
      .filter(({ kind: of }) => of !== 'unique')
      .map(calledByKind),
    ...new Set(dependents.filter(({ column }) => isConverted([column])).map(({ what }) => what)),
  ];
  if (found.length === 0) return [];
  const problem =
    `it is a partition of ${table.name}, and has of its own, over converted columns: ${found.join(', ')}. Drop that, or make it on ` +
    `${table.name}, which all partitions have it from.`;
  return [refuse('CONVERSION_PARTITIONED', name, problem)];
}

const anyOf =
  ({ twins }: InspectedTable) =>
  (columns: readonly string[]) =>
    columns.some((column) => twins.has(column));

const calledByKind = ({ kind, name }: ConstraintFacts) =>
  `the ${kind}${kind === 'exclusion' ? ' constraint' : ''} ${name}`;
