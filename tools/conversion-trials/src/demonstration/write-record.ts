/** The report of a run into a README, between two markers, and its picture beside it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { formatRecord, markdownTable, type Section } from '@hockey-hub/recorded-runs';
import { WORKSPACE_ROOT } from '../config';
import { ConversionTrialsError } from '../errors';

const MARKERS = { begin: '<!-- demo-conversion:begin -->', end: '<!-- demo-conversion:end -->' } as const;

export interface DemonstrationRecord {
  /** What was measured on what, in one sentence. */
  readonly summary: string;
  readonly sections: readonly Section[];
  readonly picture: string;
}

/**
 * @throws ConversionTrialsError CANNOT_RECORD when the README has no place for it; nothing is written then
 */
export async function writeRecord(
  { summary, sections, picture }: DemonstrationRecord,
  paths: { readonly readme: string; readonly picture: string },
): Promise<void> {
  const link = relative(dirname(paths.readme), paths.picture).replaceAll('\\', '/');
  const text = betweenMarkers(
    await readFile(paths.readme, 'utf8'),
    [`![What clients wait while ids become UUIDs](${link})`, summary, ...sections.map(markdownTable)].join(
      '\n\n',
    ),
    paths.readme,
  );
  await mkdir(dirname(paths.picture), { recursive: true });
  await writeFile(paths.picture, picture);
  await writeFile(paths.readme, await formatRecord(paths.readme, text));
}

/** @throws ConversionTrialsError CANNOT_RECORD */
export async function requirePlace(readme: string): Promise<void> {
  betweenMarkers(await readFile(readme, 'utf8'), '', readme);
}

function betweenMarkers(text: string, record: string, readme: string): string {
  const [from, to] = [text.indexOf(MARKERS.begin), text.indexOf(MARKERS.end)];
  if (from >= 0 && to > from) {
    return `${text.slice(0, from + MARKERS.begin.length)}\n\n${record}\n\n${text.slice(to)}`;
  }
  throw new ConversionTrialsError(
    'CANNOT_RECORD',
    `${relative(WORKSPACE_ROOT, readme)} has no place for the report: add the lines ${MARKERS.begin} and ${MARKERS.end}.`,
  );
}
