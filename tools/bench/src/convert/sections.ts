/** Pure: the results of bench:convert -> titled tables of text. */
import { millisecondsText, ratioText, type Section } from '@hockey-hub/recorded-runs';
import { medianOf, ratioOf, type Measure } from '../results/medians';
import { goalSections } from '../results/goal-sections';
import { CONVERT_CASES } from './cases';
import { CONTENDER_TITLES, type ContenderName } from './contenders/contender';
import { judgeConvertGoals, microsecondsPerRow } from './goals';
import type { ConvertCaseResult, ConvertDetails, ConvertResults } from './results';
import type { ConvertSample } from './sample';

export function convertSections({ cases }: ConvertResults): Section[] {
  const contest = cases.find(({ name }) => name === 'contest');
  return [
    ...(contest ? [speedSection(contest), clientsSection(contest), ...detailSections(contest.details)] : []),
    ...scaleSections(cases.filter(({ name }) => name !== 'contest')),
    ...goalSections(judgeConvertGoals(cases), 'of medians'),
  ];
}

function speedSection(result: ConvertCaseResult): Section {
  return {
    title: `${CONVERT_CASES[result.name].title}: ${result.rows.toLocaleString('en-US')} rows in two databases`,
    head: [
      'contender',
      'time',
      'rows/s',
      'rows/s: this / floor',
      'WAL a row',
      'after / before',
      'table',
      'index',
    ],
    rows: result.contenders.map(({ name }) => {
      const value = (measure: Measure<ConvertSample>): number =>
        medianOf(result, name, measure) ?? Number.NaN;
      return [
        CONTENDER_TITLES[name],
        `${value('seconds').toFixed(1)} s`,
        Math.round(value('rowsPerSecond')).toString(),
        ratioText(ratioOf(result, 'rowsPerSecond', name, 'floor')),
        `${Math.round(value('walBytesPerRow'))} B`,
        ...(['growth', 'tableGrowth', 'indexGrowth'] as const).map((measure) => value(measure).toFixed(2)),
      ];
    }),
  };
}

/** Those without clients have nothing to tell here. */
function clientsSection(result: ConvertCaseResult): Section {
  const withClients = result.contenders.filter(
    ({ name }) => medianOf(result, name, 'requests') !== undefined,
  );
  return {
    title: 'What the clients saw',
    head: ['contender', 'requests', 'errors', 'p50', 'p99', 'p99 before', 'longest', 'beyond lock attempts'],
    rows: withClients.map(({ name }) => [
      CONTENDER_TITLES[name],
      ...(['requests', 'errors'] as const).map((measure) => String(medianOf(result, name, measure))),
      ...(['p50Ms', 'p99Ms', 'idleP99Ms', 'longestMs', 'beyondLocksMs'] as const).map((measure) =>
        millisecondsText(medianOf(result, name, measure)),
      ),
    ]),
  };
}

function detailSections(details: readonly ConvertDetails[]): Section[] {
  return [
    {
      title: 'Phases',
      head: ['contender', 'phase', 'time'],
      rows: details.flatMap(({ contender, phases }) =>
        phases.map(({ name, seconds }) => [CONTENDER_TITLES[contender], name, `${seconds.toFixed(2)} s`]),
      ),
    },
    {
      title: 'Errors',
      head: ['contender', 'code', 'requests'],
      rows: details.flatMap(({ contender, errorsByCode }) =>
        Object.entries(errorsByCode).map(([code, count]) => [
          CONTENDER_TITLES[contender],
          code,
          String(count),
        ]),
      ),
    },
    sizesSection(details),
  ];
}

/** A row for each table and index there was before; one column for each contender. */
function sizesSection(details: readonly ConvertDetails[]): Section {
  const MIB = 2 ** 20;
  const before = details[0]?.before ?? [];
  const grown = (name: string, bytes: number, { after }: ConvertDetails): string => {
    const now = after.find((size) => size.name === name);
    return now && bytes > 0 ? (now.bytes / bytes).toFixed(2) : '';
  };
  return {
    title: 'Tables and indexes, after / before',
    head: ['', 'before', ...details.map(({ contender }): ContenderName => contender)],
    rows: before.map(({ name, bytes }) => [
      name,
      `${(bytes / MIB).toFixed(1)} MiB`,
      ...details.map((own) => grown(name, bytes, own)),
    ]),
  };
}

function scaleSections(cases: readonly ConvertCaseResult[]): Section[] {
  if (cases.length === 0) return [];
  return [
    {
      title: 'Cost of a row, without clients',
      head: ['rows', 'ours', 'ours, a row', 'floor, a row', 'rows/s: ours / floor'],
      rows: cases.map((result) => {
        const floor = medianOf(result, 'floor', 'rowsPerSecond');
        return [
          result.rows.toLocaleString('en-US'),
          `${(medianOf(result, 'ours-offline', 'seconds') ?? Number.NaN).toFixed(1)} s`,
          `${(microsecondsPerRow(result) ?? Number.NaN).toFixed(1)} µs`,
          floor === undefined ? '' : `${(1_000_000 / floor).toFixed(1)} µs`,
          ratioText(ratioOf(result, 'rowsPerSecond', 'ours-offline', 'floor')),
        ];
      }),
    },
  ];
}
