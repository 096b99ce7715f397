/**
 * Processes that benches and trials start: with nothing of the developer's environment that names a server, kept running as a supervisor would,
 * killed on request, and never left behind by a run that is killed itself. Does not own what runs in them, nor when they are killed.
 */
export { inheritedEnvironment } from './environment.config';
export { ManagedProcess, type ProcessPlan, type UnaskedEnd } from './managed-process';
