import type { EntityManager } from 'typeorm';
import { WorkoutExecution, WorkoutExecutionStatus } from '../entities/workout-execution';
import { ExecutionStateError } from './execution-state-error';

/** The execution, locked against every other change until the transaction ends. @throws EntityNotFoundError */
export function holdExecution(manager: EntityManager, id: string): Promise<WorkoutExecution> {
  return manager.findOneOrFail(WorkoutExecution, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

/** As `holdExecution`, of one in which something was done. @throws also ExecutionStateError */
export async function holdStartedExecution(manager: EntityManager, id: string): Promise<WorkoutExecution> {
  const execution = await holdExecution(manager, id);
  const { status } = execution;
  if (status !== WorkoutExecutionStatus.Active && status !== WorkoutExecutionStatus.Completed) {
    throw new ExecutionStateError('EXECUTION_NOT_STARTED', status);
  }
  return execution;
}
