import { reportOf } from './report';
import { rowsDiffer, specimen, specimenLog } from './specimen';

it('counts rows, references and requests', () => {
  expect(reportOf(specimen())).toMatchObject({
    ...{ users: 2_000, referringRows: 20_000, references: 2_915, writtenReferences: 15, quarantined: 8 },
    ...{ requests: 60, errors: 0, errorsByCode: {}, lockAttempts: 1, longestLockMs: 30 },
    kill: '0.5 s into UpdateReferences, at row 120 of 1,100 of notes.subjectId_uuid',
    findings: [],
  });
});

it('tells each stage by the requests that should have begun in it', () => {
  const { stages } = reportOf(specimen());
  expect(stages).toMatchObject([
    { name: 'before', seconds: 1, requests: 10, p50Ms: 2, p99Ms: 2, longestMs: 2, errors: 0 },
    { name: 'UpdateReferences', seconds: 2, requests: 20 },
  ]);
});

it('leaves out of the longest wait what is between stages, where clients connect', () => {
  expect(reportOf(specimen({ log: specimenLog({ slowAtMs: 1_500, slowMs: 300 }) })).longestMs).toBe(2);
  expect(reportOf(specimen({ log: specimenLog({ slowAtMs: 2_500, slowMs: 300 }) })).longestMs).toBe(300);
});

it('tells who waited longest, and when', () => {
  const longestOf = (slowAtMs: number) =>
    reportOf(specimen({ log: specimenLog({ slowAtMs, slowMs: 300 }) })).longestOf;
  expect(longestOf(2_500)).toBe('read a user, before');
  expect(longestOf(5_500)).toBe('read a user, in UpdateReferences');
  expect(
    reportOf(specimen({ stages: [{ name: 'GenerateUuids', fromMs: 0, toMs: 500 }], kill: { atMs: 100 } }))
      .longestOf,
  ).toBe('nobody');
});

it('tells apart what was waited beyond an attempt at a lock', () => {
  const report = reportOf(specimen({ log: specimenLog({ slowAtMs: 5_000, slowMs: 45 }) }));
  expect([report.longestMs, report.longestBeyondLocksMs]).toEqual([45, 15]);
});

it('finds errors, wherever they were, by what was said first', () => {
  const report = reportOf(specimen({ log: specimenLog({ failed: true }) }));
  expect(report).toMatchObject({ errors: 1, errorsByCode: { '42883': 1 } });
  expect(report.findings).toEqual(['clients saw errors, 1 in all: read a user: no operator']);
});

it('finds rows that differ, and references that were not kept aside', () => {
  const { findings, references } = reportOf(
    specimen({ verified: rowsDiffer, quarantined: { found: 8, kept: 7 } }),
  );
  expect(references).toBe(0);
  expect(findings).toEqual([
    'the conversion changed what it must keep',
    '8 references were to nobody in the beginning, and 7 were kept aside',
  ]);
});
