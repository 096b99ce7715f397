import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { demonstrate, type Demonstration } from './demonstrate';
import { pictureOf } from './picture';
import { reportOf } from './report';
import { sectionsOf } from './sections';

const STAGES = [
  'before',
  'AddUuidColumns',
  'GenerateUuids',
  'UpdateReferences',
  'SwitchPrimaryKeys',
  'RemoveNumericIds',
  'after',
];

const lines: string[] = [];
let seen: Demonstration;

beforeAll(async () => {
  seen = await demonstrate({
    ...{ users: 300, seed: 5, perSecond: 50, idleSeconds: 1 },
    ...{ serverUrl: testDatabaseUrl(), tell: (line) => lines.push(line) },
  });
  // A dozen processes, one after the other, on machines that are busy with other things.
}, 300_000);

test('converts with clients there and a kill on the way; nothing is lost, and nobody sees an error', () => {
  expect(seen.log.messages).toEqual({});
  const report = reportOf(seen);
  expect(report.findings).toEqual([]);
  expect(report.references).toBeGreaterThan(4_000);
  expect(report.writtenReferences).toBeGreaterThan(100);
  expect(report.quarantined).toBe(4);
  expect(report.kill).toMatch(/^\d+\.\d s into UpdateReferences/);
  expect([...new Set(seen.log.groups)]).toEqual(['old', 'new']);
});

test('tells every stage, in a table and in a picture', () => {
  const report = reportOf(seen);
  expect(report.stages.map(({ name }) => name)).toEqual(STAGES);
  for (const { requests, p50Ms, p99Ms } of report.stages) {
    expect(requests).toBeGreaterThan(20);
    expect(p99Ms).toBeGreaterThanOrEqual(p50Ms!);
  }
  expect(sectionsOf(report).map(({ title, rows }) => [title, rows.length])).toEqual([
    ['In the end', 10],
    ['What the clients saw', STAGES.length],
  ]);
  const picture = pictureOf(seen);
  for (const name of [...STAGES, 'migrator killed']) expect(picture).toContain(`>${name}</text>`);
});

test('tells what happens while it happens, the migrator’s own progress included', () => {
  expect(lines).toEqual(expect.arrayContaining(STAGES));
  expect(lines).toContain('the migrator is killed (SIGKILL), and run again');
  expect(lines.filter((line) => /^ {2}training-service: \S+ applied in /.test(line))).toHaveLength(5);
});
