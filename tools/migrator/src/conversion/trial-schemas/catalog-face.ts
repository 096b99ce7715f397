/**
 * Pure: what stays of a catalog when ids change their type. Everything that has a plain name, with its definition; without what a
 * conversion changes on purpose (types, defaults, identities, sequences, the order of columns) and without what is measured.
 */
import type { ConversionFacts } from '../inspect/facts';
import type { IndexFacts, StatisticsFacts, TableFacts } from '../inspect/table-facts';

export function faceOf({ tables, partitions, views, otherPolicies }: ConversionFacts) {
  return {
    tables: Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, faceOfTable(table)])),
    partitions: partitions.map((partition) => ({
      ...partition,
      indexes: partition.indexes.map(sortDependencies),
    })),
    views: views.map(({ columns, ...view }) => ({ ...view, columns: columns.map(({ name }) => name) })),
    otherPolicies,
  };
}

function faceOfTable({ estimatedRows: _rows, pages: _pages, ...table }: TableFacts) {
  return {
    ...table,
    columns: table.columns
      .map(({ name, notNull, grants, statisticsTarget, options, comment, collation }) => ({
        ...{ name, notNull, grants, statisticsTarget, options, comment, collation },
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    indexes: table.indexes.map(sortDependencies),
    statistics: table.statistics.map(({ definition, ...statistics }) => ({
      ...sortDependencies(statistics),
      // The columns stand in the table's order there.
      kinds: definition.replace(/ ON .* FROM /, ' FROM '),
    })),
    publications: table.publications.map((each) => ({
      ...each,
      columns: each.columns && [...each.columns].sort(),
    })),
  };
}

const sortDependencies = <T extends Pick<IndexFacts | StatisticsFacts, 'dependsOn'>>(facts: T): T => ({
  ...facts,
  dependsOn: [...facts.dependsOn].sort(),
});
