import {
  SAGA_STATES,
  type SagaProblem,
  type SagaProgress,
  type SagaReason,
  type SagaState,
  type StepProgress,
} from './saga-progress';

/** A saga as operators see it. */
export interface SagaView {
  readonly id: string;
  readonly saga: string;
  readonly version: number;
  readonly state: SagaState;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly endedAt: Date | null;
  readonly reason: SagaReason | null;
  readonly problem: SagaProblem | null;
  /** The step that it is at, while it is not over. */
  readonly step: string | null;
  /** Why the last attempt at that step failed. */
  readonly error: string | null;
}

/** One saga in full. */
export interface SagaDetails extends SagaView {
  readonly steps: SagaProgress['steps'];
  readonly isPastPivot: boolean;
  readonly input: object;
  readonly result: object | null;
}

/** A row of DBOS's, with the progress that the saga wrote down. */
export interface SagaRow {
  readonly id: string;
  readonly workflow: string;
  readonly status: string;
  readonly state: SagaState;
  readonly progress: SagaProgress | null;
  readonly input: readonly [{ readonly input: object }] | null;
  readonly error: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly completed_at: string | null;
}

/** What DBOS calls a workflow that it has given up. */
const GIVEN_UP: Readonly<Record<string, string>> = {
  ERROR: 'it failed in a way that it could not handle',
  CANCELLED: "it was stopped with DBOS's own tools, without taking anything back",
  MAX_RECOVERY_ATTEMPTS_EXCEEDED: 'its process crashed too often while it ran',
};

export const GIVEN_UP_STATUSES: readonly string[] = Object.keys(GIVEN_UP);

/** The state of a row, in SQL: what the saga says of itself, unless DBOS gave it up. */
export const STATE = `
  CASE WHEN w.status IN (${GIVEN_UP_STATUSES.map((status) => `'${status}'`).join(', ')}) THEN 'stuck'
       ELSE coalesce(e.value::jsonb ->> 'state', '${SAGA_STATES[0]}') END`;

export function viewOf(row: SagaRow): SagaView {
  const [, saga = row.workflow, version = '1'] = /^(.+)\.v(\d+)$/.exec(row.workflow) ?? [];
  const problem = problemOf(row);
  const current = currentStep(row.progress);
  return {
    ...{ id: row.id, saga, version: Number(version), state: row.state },
    startedAt: new Date(Number(row.created_at)),
    updatedAt: new Date(Number(row.updated_at)),
    endedAt: row.completed_at === null || row.state === 'stuck' ? null : new Date(Number(row.completed_at)),
    reason: row.progress?.reason ?? null,
    problem,
    step: problem?.step ?? current?.name ?? null,
    error: problem?.message ?? current?.error ?? null,
  };
}

export function detailsOf(row: SagaRow): SagaDetails {
  return {
    ...viewOf(row),
    steps: row.progress?.steps ?? [],
    isPastPivot: row.progress?.isPastPivot ?? false,
    input: row.input?.[0].input ?? {},
    result: row.progress?.result ?? null,
  };
}

function problemOf({ status, progress, error }: SagaRow): SagaProblem | null {
  const given = GIVEN_UP[status];
  if (given === undefined) return progress?.problem ?? null;
  return {
    step: currentStep(progress)?.name ?? '',
    code: status,
    message: error === null ? given : `${given}: ${messageOf(error)}`,
  };
}

function currentStep(progress: SagaProgress | null): StepProgress | undefined {
  return progress?.steps.find(({ state }) => state === 'doing' || state === 'undoing');
}

function messageOf(error: string): string {
  try {
    return String((JSON.parse(error) as { message?: unknown }).message ?? error);
  } catch {
    // Whatever another serializer wrote is shown as it is.
    return error;
  }
}
