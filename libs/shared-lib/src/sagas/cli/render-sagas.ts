/** Pure: sagas as text for people. */
import Table from 'cli-table3';
import type { StepProgress } from '../saga-progress';
import type { SagaDetails, SagaView } from '../saga-view';

const BORDERLESS = {
  chars: {
    ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
    ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
    ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' },
  },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

export function renderSagas(sagas: readonly SagaView[]): string {
  if (sagas.length === 0) return 'no sagas';
  const rows = sagas.map((saga) => [
    ...[saga.id, `${saga.saga} v${saga.version}`, saga.state, saga.step ?? ''],
    ...[time(saga.startedAt), whyOf(saga)],
  ]);
  return table(['id', 'saga', 'state', 'step', 'started', 'why'], rows);
}

export function renderSaga(saga: SagaDetails): string {
  const facts: [string, string][] = [
    ['id', saga.id],
    ['saga', `${saga.saga} v${saga.version}`],
    ['state', saga.state + (saga.isPastPivot ? ' (can only go forward)' : '')],
    ['started', time(saga.startedAt)],
    ['ended', saga.endedAt ? time(saga.endedAt) : ''],
    ['why', whyOf(saga)],
    ['input', JSON.stringify(saga.input)],
    ['result', saga.result ? JSON.stringify(saga.result) : ''],
  ];
  const steps = saga.steps.map((step) => [step.name, step.state, attemptsOf(step), step.error ?? '']);
  return [
    table(
      [],
      facts.filter(([, value]) => value !== ''),
    ),
    '',
    table(['step', 'state', 'attempts', 'last error'], steps),
  ].join('\n');
}

function whyOf({ problem, reason, error }: SagaView): string {
  if (problem) return `${problem.code}: ${problem.message}`;
  if (error) return error;
  if (!reason) return '';
  return reason.kind === 'cancelled'
    ? 'cancelled by an operator'
    : `${reason.step} was refused: ${reason.message}`;
}

function attemptsOf({ attempts, undoAttempts, nextAttemptAt }: StepProgress): string {
  const undo = undoAttempts > 0 ? `, ${undoAttempts} to take it back` : '';
  return `${attempts}${undo}${nextAttemptAt ? `, next at ${nextAttemptAt}` : ''}`;
}

function time(date: Date): string {
  return date.toISOString();
}

function table(head: string[], rows: string[][]): string {
  const result = new Table({ head, ...BORDERLESS });
  result.push(...rows);
  return result
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
