/**
 * The migrations of the phases as releases bring them. `migrate` can stop at a gate but not after a phase in every service (a service
 * that depends on another as a project waits for all that is pending there), so a phase that is not to run yet is not there yet.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FixtureWorkspace } from '@hockey-hub/migrator/src/testing/fixture-workspace';
import { SERVICES } from '@hockey-hub/migrator/src/testing/legacy-club';
import type { LegacyService } from '@hockey-hub/legacy-clubs';
import { fileOf, PHASES, type PhaseName } from './phases';

export class ReleasedPhases {
  private constructor(
    private readonly workspace: FixtureWorkspace,
    /** By path. */
    private readonly texts: ReadonlyMap<string, string>,
  ) {}

  /** Knows what the generator wrote, all of which must be there. */
  static async of(workspace: FixtureWorkspace): Promise<ReleasedPhases> {
    const texts = new Map<string, string>();
    for (const service of SERVICES) {
      for (const phase of PHASES) {
        const path = pathOf(workspace, service, phase);
        texts.set(path, await readFile(path, 'utf8'));
      }
    }
    return new ReleasedPhases(workspace, texts);
  }

  /** From now on the service has the migrations of these phases and of no others. */
  async release(service: LegacyService, phases: readonly PhaseName[]): Promise<void> {
    for (const phase of PHASES) {
      const path = pathOf(this.workspace, service, phase);
      if (phases.includes(phase)) await writeFile(path, this.texts.get(path)!);
      else await rm(path, { force: true });
    }
  }
}

const pathOf = (workspace: FixtureWorkspace, service: LegacyService, phase: PhaseName) =>
  join(workspace.root, 'apps', service, 'src/migrations', fileOf(phase));
