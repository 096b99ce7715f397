import { judgeGoals } from './goals';
import { MIGRATOR_GOALS } from '../migrator-goals';
import type { CaseResult } from './model';
import { caseResult } from './specimen';

const tenServices = (nxMs: number, applyingMs: number) =>
  caseResult('ten-services', {
    nx: [{ wallMs: nxMs }],
    cli: [{ wallMs: 2_000 }],
    'cli-in-sequence': [{ applyingMs }],
    typeorm: [{ wallMs: 12_000 }],
    floor: [{ applyingMs: 1_000 }],
  });

const verdicts = (...cases: CaseResult[]) =>
  judgeGoals(MIGRATOR_GOALS, cases).map(({ limit, measured, met }) => ({ limit, measured, met }));

it('judges the ten services against the TypeORM CLI and against the floor', () => {
  expect(verdicts(tenServices(4_000, 1_300))).toEqual([
    { limit: 'at least 3', measured: 3, met: true },
    { limit: 'at least 5', measured: 6, met: true },
    { limit: 'at most 1.3', measured: 1.3, met: true },
  ]);
});

it('says what is missed', () => {
  expect(verdicts(tenServices(5_000, 1_301)).map(({ met }) => met)).toEqual([false, true, false]);
});

it('judges a run with nothing pending against an empty target', () => {
  const nothingPending = caseResult('nothing-pending', {
    nx: [{ wallMs: 1_600 }],
    'nx-noop': [{ wallMs: 1_000 }],
  });
  expect(verdicts(nothingPending)).toEqual([{ limit: 'at most 1.5', measured: 1.6, met: false }]);
});

it('is silent about cases that were not measured', () => {
  expect(verdicts(caseResult('empty', { nx: [{ wallMs: 1 }] }))).toEqual([]);
});

it('judges a median by itself where a goal names nobody to compare with', () => {
  const goal = { case: 'empty', title: '', measure: 'wallMs', of: 'cli', atMost: 100 } as const;
  const measured = caseResult('empty', { cli: [{ wallMs: 90 }, { wallMs: 101 }, { wallMs: 300 }] });
  expect(judgeGoals([goal], [measured])).toEqual([
    { title: '', limit: 'at most 100', measured: 101, met: false },
  ]);
});
