/**
 * What was read of a workspace, in a few characters a migration, for tests of planning:
 *
 *   drawnState({ user: ['*Add', '*-Gone', 'Switch: training:Fill'] }, { training: ['user'] })
 *
 * A star: applied. A digit after it: as which one, where that is not the order of timestamps. A minus: its file is gone.
 * After an equals sign: what it replaces. After an exclamation mark: its gate. After the colon: what it depends on. Timestamps are places in the list: the first is `Add1`.
 */
import type { Gate, Ledger, Migration, MigrationFile, MigrationClass } from '../model';
import { pendingFiles, type ServiceState, type WorkspaceState } from '../plan/service-state';

type Drawn = Readonly<Record<string, readonly string[]>>;

interface DrawnMigration extends Migration {
  readonly position?: number;
  readonly gone: boolean;
}

/** With the pending migrations loaded, as for a run up. Services are given in dependency order. */
export function drawnState(migrations: Drawn, projects: Drawn = {}): WorkspaceState {
  return readState(migrations, projects, pendingFiles);
}

/** With the applied migrations loaded, as for a run down. */
export function drawnAppliedState(migrations: Drawn, projects: Drawn = {}): WorkspaceState {
  return readState(migrations, projects, appliedFiles);
}

/** The folder and the ledger of one service called `user`. */
export function drawnService(...migrations: readonly string[]): { files: MigrationFile[]; ledger: Ledger } {
  const { files, ledger } = stateOf('user', migrations, [], (all) => [...all]);
  return { files: [...files], ledger };
}

/** All migrations of one service called `user`, applied or not. */
export function drawnFolder(...migrations: readonly string[]): Migration[] {
  return [...stateOf('user', migrations, [], (all) => [...all]).migrations];
}

type Selection = (files: readonly MigrationFile[], ledger: Ledger) => MigrationFile[];

const appliedFiles: Selection = (files, ledger) => {
  const applied = new Set(ledger.applied.map(({ name }) => name));
  return files.filter(({ name }) => applied.has(name));
};

function readState(migrations: Drawn, projects: Drawn, select: Selection): WorkspaceState {
  return new Map(
    Object.entries(migrations).map(([name, drawn]) => [
      name,
      stateOf(name, drawn, projects[name] ?? [], select),
    ]),
  );
}

function stateOf(
  name: string,
  drawn: readonly string[],
  dependsOn: readonly string[],
  select: Selection,
): ServiceState {
  const all = drawn.map((text, index) => read(name, text, index + 1));
  const onDisk = all.filter(({ gone }) => !gone);
  const applied = all.flatMap(({ name: migration, timestamp, checksum, position }) =>
    position === undefined ? [] : [{ name: migration, timestamp, checksum, position }],
  );
  const ledger: Ledger = {
    service: name,
    state: 'present',
    applied: applied.sort((a, b) => a.position - b.position),
  };
  const loaded = new Set(select(onDisk, ledger).map((file) => file.name));
  return {
    service: { name, root: `apps/${name}`, dependsOn },
    files: onDisk,
    ledger,
    migrations: onDisk.filter((migration) => loaded.has(migration.name)),
  };
}

function read(service: string, text: string, timestamp: number): DrawnMigration {
  const [, star, position, minus, base = '', replaced = '', gate, references = ''] =
    /^(\*(\d*))?(-?)(\w+)(?:=([\w,]+))?(?:!(switch|contract))?(?:: (.*))?$/.exec(text) ?? [];
  const file = `apps/${service}/src/migrations/${timestamp}-${base}.ts`;
  return {
    service,
    name: `${base}${timestamp}`,
    timestamp,
    file,
    path: `/workspace/${file}`,
    checksum: `checksum of ${base}${timestamp}`,
    dependsOn: references.split(' ').filter(Boolean),
    replaces: replaced.split(',').filter(Boolean),
    gate: gate as Gate | undefined,
    transaction: true,
    migrationClass: NotToBeRun,
    position: star === undefined ? undefined : Number(position) || timestamp,
    gone: minus === '-',
  };
}

const NotToBeRun: MigrationClass = class {
  async up(): Promise<void> {
    throw new Error('planning runs nothing');
  }
  async down(): Promise<void> {
    throw new Error('planning runs nothing');
  }
};
