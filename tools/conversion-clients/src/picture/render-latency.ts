/**
 * Pure: latency over time -> an SVG, with the phases behind it.
 *
 * Drawn by hand: it is three lines and an axis, and the libraries for it want a DOM or bring several megabytes. Colours are in the middle
 * between black and white, or follow the reader's theme, so that it can be read on a light page and on a dark one.
 */
import type { NamedMoment, NamedPeriod, Period } from '../analysis/period';
import { timelineOf } from '../analysis/timeline';
import type { RequestLog } from '../load/request-log';
import { escapeXml, linePath, type Point } from './draw';
import { labelRows } from './label-rows';
import { logarithmicScale, type LogarithmicScale } from './logarithmic-scale';
import { PICTURE_STYLE } from './style';
import { timeTicks } from './time-ticks';

export interface LatencyPicture {
  readonly title: string;
  readonly log: RequestLog;
  /** Behind the lines, each with its name. */
  readonly phases?: readonly NamedPeriod[];
  /** Marks below the lines: recorded attempts at locks. */
  readonly lockAttempts?: readonly Period[];
  /** Lines from top to bottom, each with its name: something that happened, such as a kill. */
  readonly moments?: readonly NamedMoment[];
}

const WIDTH = 960;
const HEIGHT = 420;
const PLOT = { left: 60, right: 20, top: 86, bottom: 46 } as const;
const INNER_WIDTH = WIDTH - PLOT.left - PLOT.right;
const INNER_HEIGHT = HEIGHT - PLOT.top - PLOT.bottom;
const BOTTOM = HEIGHT - PLOT.bottom;
const LEAST_BUCKET_MS = 100;
/** So that one point has two pixels at least. */
const MOST_POINTS = INNER_WIDTH / 2;
/** Of a short run, whose shape would be lost otherwise. */
const LEAST_POINTS = 60;
const LEAST_REQUESTS = 200;
const LABEL_ROWS = 3;
const LABEL_HEIGHT = 12;
/** About, in the font of the names. */
const CHARACTER_WIDTH = 6;
const LINES = [
  { measure: 'longestMs', title: 'longest' },
  { measure: 'p99Ms', title: 'p99' },
  { measure: 'p50Ms', title: 'p50' },
] as const;

export function renderLatency(picture: LatencyPicture): string {
  const { title, log, phases = [], lockAttempts = [], moments = [] } = picture;
  const bucketMs = bucketFor(log);
  const timeline = timelineOf(log, bucketMs);
  const fromMs = timeline[0]?.fromMs ?? 0;
  const durationMs = Math.max(1, timeline.length * bucketMs);
  const x = (ms: number): number =>
    PLOT.left + Math.min(1, Math.max(0, (ms - fromMs) / durationMs)) * INNER_WIDTH;
  const drawn = timeline.flatMap(({ p50Ms, longestMs }) =>
    p50Ms === undefined || longestMs === undefined ? [] : [p50Ms, longestMs],
  );
  const scale = logarithmicScale(
    drawn.reduce((least, value) => Math.min(least, value), 1),
    drawn.reduce((most, value) => Math.max(most, value), 10),
  );
  const lines = LINES.map(({ measure }) => {
    const points = timeline.map(({ fromMs: at, [measure]: value }): Point | undefined =>
      value === undefined ? undefined : [x(at + bucketMs / 2), yOf(scale, value)],
    );
    return `<path class="${measure}" d="${linePath(points)}"/>`;
  });
  const failed = timeline.filter(({ errors }) => errors > 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeXml(title)}">`,
    `<style>${PICTURE_STYLE}</style>`,
    `<text class="title" x="${PLOT.left}" y="22">${escapeXml(title)}</text>`,
    legend(failed.length > 0, lockAttempts.length > 0),
    ...bands(phases, x),
    ...scale.ticks.map((tick) => latencyTick(scale, tick)),
    ...timeTicks(durationMs).map((ms) => timeTick(ms, x(fromMs + ms))),
    ...lockAttempts.map(({ fromMs: from, toMs }) => mark('lock', x(from), x(toMs) - x(from))),
    ...lines,
    ...moments.map(({ name, atMs }) => momentAt(name, x(atMs))),
    ...failed.map(({ fromMs: at }) => mark('error', x(at), x(at + bucketMs) - x(at))),
    '</svg>',
    '',
  ].join('\n');
}

/** How much time one point stands for: not more points than can be seen, and requests enough that p99 is another than the longest. */
function bucketFor({ dueAtMs }: RequestLog): number {
  const sorted = Float64Array.from(dueAtMs).sort();
  const durationMs = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
  const ofEnoughRequests = (durationMs / Math.max(1, sorted.length)) * LEAST_REQUESTS;
  const bucketMs = Math.max(durationMs / MOST_POINTS, Math.min(durationMs / LEAST_POINTS, ofEnoughRequests));
  return Math.ceil(Math.max(1, bucketMs / LEAST_BUCKET_MS)) * LEAST_BUCKET_MS;
}

function yOf(scale: LogarithmicScale, latencyMs: number): number {
  return BOTTOM - scale.position(latencyMs) * INNER_HEIGHT;
}

function legend(hasErrors: boolean, hasLocks: boolean): string {
  const entries = [
    ...LINES.map(({ measure, title }) => ({ class: measure, title })),
    ...(hasErrors ? [{ class: 'error', title: 'errors' }] : []),
    ...(hasLocks ? [{ class: 'lock', title: 'attempts at locks' }] : []),
  ];
  return entries
    .map(
      ({ class: name, title }, index) =>
        `<rect class="key ${name}" x="${PLOT.left + index * 90}" y="34" width="14" height="4"/>` +
        `<text x="${PLOT.left + index * 90 + 20}" y="40">${title}</text>`,
    )
    .join('');
}

/** Names stand above, on several rows: short phases are narrower than their names. */
function bands(phases: readonly NamedPeriod[], x: (ms: number) => number): string[] {
  const labels = phases.map(({ name, fromMs }) => {
    const width = name.length * CHARACTER_WIDTH;
    return { x: Math.min(x(fromMs) + 2, WIDTH - width), width };
  });
  const rows = labelRows(labels, LABEL_ROWS);
  return phases.map(({ name, fromMs, toMs }, index) => {
    const [left, right] = [x(fromMs), x(toMs)];
    const y = PLOT.top - 6 - (LABEL_ROWS - 1 - rows[index]!) * LABEL_HEIGHT;
    const label = `<text class="phase" x="${coordinate(labels[index]!.x)}" y="${y}">${escapeXml(name)}</text>`;
    const shade = `band ${index % 2 === 0 ? 'even' : 'odd'}`;
    const box = `x="${coordinate(left)}" y="${PLOT.top}" width="${coordinate(right - left)}" height="${INNER_HEIGHT}"`;
    return `<rect class="${shade}" ${box}/>${label}`;
  });
}

/** Its name stands left of the line where there is more room. */
function momentAt(name: string, x: number): string {
  const isLate = x > PLOT.left + INNER_WIDTH / 2;
  const text = `x="${coordinate(isLate ? x - 4 : x + 4)}" y="${PLOT.top + 14}" text-anchor="${isLate ? 'end' : 'start'}"`;
  return (
    `<line class="moment" x1="${coordinate(x)}" x2="${coordinate(x)}" y1="${PLOT.top}" y2="${BOTTOM}"/>` +
    `<text class="phase" ${text}>${escapeXml(name)}</text>`
  );
}

function latencyTick(scale: LogarithmicScale, tick: number): string {
  const y = coordinate(yOf(scale, tick));
  return (
    `<line class="grid" x1="${PLOT.left}" x2="${WIDTH - PLOT.right}" y1="${y}" y2="${y}"/>` +
    `<text class="tick" x="${PLOT.left - 6}" y="${y}" dy="4" text-anchor="end">${tickText(tick)}</text>`
  );
}

const tickText = (ms: number): string => (ms >= 1_000 ? `${ms / 1_000} s` : `${ms} ms`);

function timeTick(ms: number, left: number): string {
  return `<text class="tick" x="${coordinate(left)}" y="${HEIGHT - 10}" text-anchor="middle">${ms / 1_000} s</text>`;
}

function mark(name: 'lock' | 'error', left: number, width: number): string {
  const y = BOTTOM + (name === 'lock' ? 4 : 12);
  return `<rect class="${name}" x="${coordinate(left)}" y="${y}" width="${coordinate(Math.max(1, width))}" height="6"/>`;
}

const coordinate = (value: number): string => value.toFixed(1);
