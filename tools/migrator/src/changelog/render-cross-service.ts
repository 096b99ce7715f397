/** Pure: which service's rows point at which other service's rows -> the text of the platform's page about it. */
import { code, fenced, markdownTable } from './markdown';

/** A column whose values are ids of another service's rows. */
export interface CrossServiceColumn {
  readonly service: string;
  /** As the code names it: `WorkoutSession.playerId`. */
  readonly property: string;
  readonly table: string;
  readonly column: string;
  readonly targetService: string;
  readonly targetTable: string;
}

export function renderCrossService(references: readonly CrossServiceColumn[]): string {
  const sorted = [...references].sort((a, b) => compare(keyOf(a), keyOf(b)));
  const blocks = [
    '# References between services',
    `No foreign key reaches into another database: these columns hold the ids of other services' rows, as the entities declare it with ` +
      '`@CrossServiceReference`. Written by `nx run-many -t migration-changelog`; changes by hand are lost.',
    ...(sorted.length > 0 ? [fenced('mermaid', diagram(sorted)), table(sorted)] : ['There are none yet.']),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** One box for each service, one arrow from table to table with all columns on it. */
function diagram(references: readonly CrossServiceColumn[]): string {
  const boxes = new Map<string, Set<string>>();
  const arrows = new Map<string, string[]>();
  const box = (service: string, table: string) => {
    boxes.set(service, (boxes.get(service) ?? new Set()).add(table));
    return nodeId(service, table);
  };
  for (const { service, table, column, targetService, targetTable } of references) {
    const ends = `${box(service, table)} ${box(targetService, targetTable)}`;
    arrows.set(ends, [...(arrows.get(ends) ?? []), column]);
  }
  return [
    'flowchart LR',
    ...[...boxes]
      .sort(([a], [b]) => compare(a, b))
      .flatMap(([service, tables]) => [
        `  subgraph ${nodeId(service)}["${service}"]`,
        ...[...tables].sort(compare).map((name) => `    ${nodeId(service, name)}["${name}"]`),
        '  end',
      ]),
    ...[...arrows].map(([ends, columns]) => {
      const [from, to] = ends.split(' ');
      return `  ${from} -->|"${columns.join(', ')}"| ${to}`;
    }),
  ].join('\n');
}

function table(references: readonly CrossServiceColumn[]): string {
  return markdownTable(
    ['from', 'in the code', 'to'],
    references.map(({ service, property, table, column, targetService, targetTable }) => [
      code(`${service}.${table}.${column}`),
      code(property),
      code(`${targetService}.${targetTable}`),
    ]),
  );
}

/** A word that Mermaid takes for an identifier; a dot and a hyphen mean something to it. */
const nodeId = (...names: readonly string[]) => names.join('__').replace(/\W/g, '_');
const keyOf = ({ service, table, column }: CrossServiceColumn) => `${service} ${table} ${column}`;
const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
