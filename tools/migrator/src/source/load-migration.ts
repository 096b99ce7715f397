/** A migration's file -> its class and metadata. The only place that runs a service's migration code. */
import { MigratorError } from '../errors';
import type { Gate, Migration, MigrationClass, MigrationFile } from '../model';
import { requireSource } from './require-source';

const GATES: Readonly<Record<Gate, true>> = { switch: true, contract: true };

/** What a migration class may say of itself: as statics (ours) or, for `transaction`, on the instance (TypeORM's). */
interface MigrationInstance {
  name?: string;
  transaction?: boolean;
  up: unknown;
  down: unknown;
}

/**
 * @throws MigratorError MIGRATION_DOES_NOT_COMPILE or MIGRATION_CLASS_INVALID, naming service and file.
 */
export function loadMigration(file: MigrationFile): Migration {
  const migrationClass = onlyMigrationClass(file, requireFile(file));
  const instance = new migrationClass() as MigrationInstance;
  const name = instance.name ?? migrationClass.name;
  if (name !== file.name) {
    throw new MigratorError(
      'MIGRATION_CLASS_INVALID',
      `${file.service}: ${file.file} exports the class ${name}; its file name says ${file.name}. Rename one of them.`,
    );
  }
  return {
    ...file,
    migrationClass,
    dependsOn: migrationClass.dependsOn ?? [],
    gate: gateOf(file, migrationClass),
    replaces: migrationClass.replaces ?? [],
    transaction: migrationClass.transaction ?? instance.transaction ?? true,
    lint: migrationClass.lint,
    irreversible: migrationClass.irreversible,
  };
}

/** No option opens a gate that is not known, so its migration and all behind it would never run, without a word. */
function gateOf(file: MigrationFile, { gate }: MigrationClass): Gate | undefined {
  if (gate === undefined || Object.hasOwn(GATES, gate)) return gate;
  throw new MigratorError(
    'MIGRATION_CLASS_INVALID',
    `${file.service}: ${file.file} says static gate = ${JSON.stringify(gate)}; the gates are ${Object.keys(GATES).join(' and ')}.`,
  );
}

function requireFile(file: MigrationFile): Record<string, unknown> {
  try {
    return requireSource(file.path);
  } catch (error) {
    throw new MigratorError(
      'MIGRATION_DOES_NOT_COMPILE',
      `${file.service}: ${file.file} cannot be loaded: ${messageOf(error)}\nMend the file; nothing of this service was applied.`,
      { cause: error },
    );
  }
}

function onlyMigrationClass(file: MigrationFile, exported: Record<string, unknown>): MigrationClass {
  const classes = [...new Set(Object.values(exported))].filter(isMigrationClass);
  const [only, ...others] = classes;
  if (only && others.length === 0) return only;
  const problem = only
    ? `exports ${classes.length} migration classes (${classes.map((found) => found.name).join(', ')}); ` +
      'a file holds exactly one, because its name says what is applied. Move each into a file of its own'
    : `exports no migration class. It must export class ${file.name} with the methods up and down`;
  throw new MigratorError('MIGRATION_CLASS_INVALID', `${file.service}: ${file.file} ${problem}.`);
}

function isMigrationClass(value: unknown): value is MigrationClass {
  if (typeof value !== 'function') return false;
  const prototype = value.prototype as Partial<MigrationInstance> | undefined;
  return typeof prototype?.up === 'function' && typeof prototype.down === 'function';
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // swc draws its errors in colour, over many lines, which a log cannot show.
  // eslint-disable-next-line no-control-regex -- the escape character is what has to go
  const plain = message.replace(/\u001b\[[0-9;]*m/g, '');
  // Node appends who required the missing module: our own files, of no use to the migration's author.
  return plain.replace(/\nRequire stack:\n(?:- .*\n?)*$/, '').trim();
}
