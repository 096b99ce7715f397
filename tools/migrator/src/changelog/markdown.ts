/** Pure: names and tables as Markdown that the workspace's formatter leaves as it is. */

/** As code, on one line, whatever backticks are in it. */
export function code(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ').trim();
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  if (longest === 0) return `\`${line}\``;
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${line} ${fence}`;
}

export const codes = (names: readonly string[]): string => names.map(code).join(', ');

/** Aligned, as the formatter would align it. Pipes would end a cell, even within code. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', String.raw`\|`)));
  const widths = head.map((_, column) =>
    Math.max(3, ...escaped.map((cells) => widthOf(cells[column] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => padded(cells[column] ?? '', width)).join(' | ')} |`;
  const [first = [], ...others] = escaped;
  return [
    line(first),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...others.map(line),
  ].join('\n');
}

/** In characters: names of tables and services have no wide ones. */
const widthOf = (text: string) => [...text].length;
const padded = (text: string, width: number) => text + ' '.repeat(width - widthOf(text));

export const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
