import { logOf } from '../analysis/specimen-log';
import { renderLatency } from './render-latency';

const log = logOf(
  ...Array.from({ length: 100 }, (_, index) => ({ at: 5_000 + index * 100, took: index === 50 ? 800 : 2 })),
  { at: 9_000, took: 1, code: '42883' },
);

const picture = renderLatency({
  title: 'Rows & <ids>',
  log,
  phases: [
    { name: 'AddUuidColumns', fromMs: 6_000, toMs: 6_500 },
    { name: 'GenerateUuids', fromMs: 6_500, toMs: 14_000 },
  ],
  lockAttempts: [{ fromMs: 6_100, toMs: 6_130 }],
  moments: [
    { name: 'a kill & a restart', atMs: 6_000 },
    { name: 'late', atMs: 14_000 },
  ],
});

it('names itself and its phases, as text that XML can hold', () => {
  expect(picture).toContain('<text class="title" x="60" y="22">Rows &amp; &lt;ids&gt;</text>');
  expect(picture).toMatch(/<text class="phase" [^>]*>AddUuidColumns<\/text>/);
  expect(picture).toMatch(/<text class="phase" [^>]*>GenerateUuids<\/text>/);
});

it('draws three lines without a place that is no number', () => {
  expect(picture.match(/<path /g)).toHaveLength(3);
  expect(picture).not.toMatch(/NaN|Infinity|undefined/);
});

it('marks errors and attempts at locks', () => {
  expect(picture.match(/<rect class="error"/g)).toHaveLength(1);
  expect(picture.match(/<rect class="lock"/g)).toHaveLength(1);
});

it('marks moments by a line, with the name on the side that has room', () => {
  expect(picture.match(/<line class="moment"/g)).toHaveLength(2);
  expect(picture).toMatch(/text-anchor="start">a kill &amp; a restart<\/text>/);
  expect(picture).toMatch(/text-anchor="end">late<\/text>/);
});

it('has an axis up to the longest request, and one of time', () => {
  expect(picture).toContain('>1 s<');
  expect(picture).toContain('>500 ms<');
  expect(picture).toMatch(/y="410" text-anchor="middle">9 s</);
});

it('has no more points than can be seen, however long it lasted', () => {
  const long = logOf(...Array.from({ length: 5_000 }, (_, index) => ({ at: index * 400, took: 2 })));
  const points = renderLatency({ title: 'long', log: long }).match(/class="p50Ms" d="([^"]*)"/)![1]!;
  expect(points.split(/[ML]/).length).toBeLessThanOrEqual(442);
});

it('has points of so many requests that p99 is another line than the longest', () => {
  const rare = Array.from({ length: 40_000 }, (_, index) => ({
    at: index * 5,
    took: index % 400 === 0 ? 50 : 2,
  }));
  const svg = renderLatency({ title: 'rare', log: logOf(...rare) });
  const line = (measure: string) => svg.match(new RegExp(`class="${measure}" d="([^"]*)"`))![1]!;
  expect(line('p99Ms')).not.toBe(line('longestMs'));
  expect(line('p99Ms')).toBe(line('p50Ms'));
});

it('is a picture even of nothing', () => {
  expect(renderLatency({ title: 'nothing', log: logOf() })).not.toMatch(/NaN|Infinity|undefined/);
});
