/** Pure: what cannot go on when some services cannot. */
import { closure } from '../graph/order';
import type { ReportedError } from '../model';
import { servicesNamedBy, type WorkspaceState } from './service-state';

/**
 * The services that are left when those with errors are taken out, with all that depends on them, as a project or
 * through a migration. Each that goes for the sake of another gets an error of its own in `errors`.
 */
export function withoutBlocked(state: WorkspaceState, errors: Map<string, ReportedError>): WorkspaceState {
  const edges = new Map(
    [...state].map(([name, { service, migrations }]) => [
      name,
      [...service.dependsOn, ...servicesNamedBy(migrations)],
    ]),
  );
  const broken = new Set(errors.keys());
  for (const name of state.keys()) {
    const cause = [...closure(edges, [name])].find((other) => other !== name && broken.has(other));
    if (cause === undefined || errors.has(name)) continue;
    errors.set(name, {
      code: 'PREREQUISITE_FAILED',
      message: `${name}: skipped, because it waits for ${cause}, which failed.`,
    });
  }
  return new Map([...state].filter(([name]) => !errors.has(name)));
}
