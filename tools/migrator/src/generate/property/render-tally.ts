/** Pure: a tally as Markdown, for the README: both generators side by side, and each outcome of ours. */
import { countOf, type Tally } from './tally';

export function renderTally({ pairs, ours, typeormPairs, typeorm }: Tally): string {
  const mine = (beginning: string) => share(countOf(ours, beginning), pairs);
  const theirs = (beginning: string) => share(countOf(typeorm, beginning), typeormPairs);
  const rows: readonly (readonly [string, string, string])[] = [
    ['pairs of models', String(pairs), String(typeormPairs)],
    ['applied: every value kept, no difference left', mine('applied'), theirs('applied')],
    ['refused by the generator, with the reason and the ways out', mine('refused:'), 'never'],
    ['stopped by the rows themselves; nothing lost', mine('refused by the rows'), 'below'],
    ['its statements fail on the rows, or it breaks off', mine('failed: fails'), theirs('fails')],
    ['**loses values** of a column that keeps its name', mine('failed: loses'), theirs('loses a column')],
    ['**loses values** of what was renamed', mine('failed: loses'), theirs('loses what')],
    ['generating again finds a second difference', mine('failed: leaves'), theirs('differs again')],
    ['of these, already before the change', 'never', theirs('differs again, as before')],
  ];
  return [
    table(['', '`migration-generate`', 'TypeORM CLI'], rows),
    '',
    table(['outcome of `migration-generate`', 'pairs'], listed(ours, pairs)),
    '',
    table(['what happens with the TypeORM CLI', 'pairs'], listed(typeorm, typeormPairs)),
  ].join('\n');
}

function listed(counts: Tally['ours'], total: number): string[][] {
  return Object.entries(counts)
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([label, count]) => [label, share(count, total)]);
}

function share(count: number, total: number): string {
  return total === 0 ? String(count) : `${count} (${((100 * count) / total).toFixed(1)} %)`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}
