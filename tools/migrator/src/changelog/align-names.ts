/**
 * Pure: the catalog before a migration in the names of after it, so that comparing the two finds what was changed and not,
 * once more for every key and index, what was renamed. The renames themselves are told apart.
 */
import type { Catalog } from '../catalog/catalog';
import { alignTable } from './align-table';
import { breaking, type Fact } from './fact';
import { code } from './markdown';
import { matchNames, renameKeys, type NameMatch } from './match-names';
import type { Snapshot } from './snapshot';

export interface Aligned {
  readonly catalog: Catalog;
  /** Renames, and what no comparison of names can see. */
  readonly facts: readonly Fact[];
}

export function alignNames(before: Snapshot, after: Snapshot): Aligned {
  const { catalog, identities: ids } = before;
  const idsAfter = after.identities;
  const matchRelations = (named: Readonly<Record<string, unknown>>) =>
    matchNames(Object.keys(named), ids.relations, idsAfter.relations);
  const tables = matchRelations(catalog.tables);
  const views = matchRelations(catalog.views);
  const sequences = matchRelations(catalog.sequences);
  const enums = matchNames(Object.keys(catalog.enums), ids.enums, idsAfter.enums);

  const aligned = new Map(
    // What was dropped or made anew has no column, key or index that is the same under another name.
    [...tables.names]
      .filter(([from, to]) => ids.relations[from] === idsAfter.relations[to])
      .map(([from, to]) => [from, alignTable(from, to, before, after)] as const),
  );
  const labelsOf = (from: string, to: string) =>
    matchNames(catalog.enums[from]!.labels, ids.labels[from] ?? {}, idsAfter.labels[to] ?? {});

  return {
    catalog: {
      tables: renameKeys(catalog.tables, tables, (table, from) => aligned.get(from)?.table ?? table),
      enums: renameKeys(catalog.enums, enums, (type, from, to) => {
        const { names } = labelsOf(from, to);
        return { ...type, labels: type.labels.map((label) => names.get(label) ?? label) };
      }),
      sequences: renameKeys(catalog.sequences, sequences, (sequence) => sequence),
      views: renameKeys(catalog.views, views, (view) => view),
    },
    facts: [
      ...nameFacts('table', tables),
      ...tables.replaced.map((table) =>
        breaking(
          `table ${code(table)} removed and made anew: its rows are gone, unless the migration copied them`,
        ),
      ),
      ...[...aligned.values()].flatMap(({ facts }) => facts),
      ...nameFacts('enum', enums),
      ...[...enums.names].flatMap(([from, to]) =>
        labelsOf(from, to).renamed.map((label) =>
          breaking(`enum ${code(to)}: label ${code(label.from)} renamed to ${code(label.to)}`),
        ),
      ),
      ...nameFacts('sequence', sequences),
      ...nameFacts('view', views),
      ...[...views.names].flatMap(([from, to]) => {
        const now = idsAfter.columns[to];
        const gone = Object.keys(ids.columns[from] ?? {}).filter((column) => now && !(column in now));
        return gone.map((column) => breaking(`view ${code(to)}: column ${code(column)} removed`));
      }),
    ],
  };
}

function nameFacts(kind: string, { renamed, covered }: NameMatch): Fact[] {
  return [
    ...renamed.map(({ from, to }) => breaking(`${kind} ${code(from)} renamed to ${code(to)}`)),
    ...covered.map((name) => breaking(`${kind} ${code(name)} removed`)),
  ];
}
