/** Every verb of the migrator: its name, its options, and where it is. A verb is loaded when it is called, not before. */
import backupSchema from './backup/schema.json';
import backupListSchema from './backup-list/schema.json';
import changelogSchema from './migration-changelog/schema.json';
import createSchema from './migration-create/schema.json';
import generateSchema from './migration-generate/schema.json';
import lintSchema from './migration-lint/schema.json';
import revertSchema from './migration-revert/schema.json';
import statusSchema from './migration-status/schema.json';
import migrateSchema from './migrate/schema.json';
import rehearseSchema from './migration-rehearse/schema.json';
import restoreSchema from './restore/schema.json';
import verifySchema from './migration-verify/schema.json';
import adoptSchema from './migration-adopt/schema.json';
import squashSchema from './migration-squash/schema.json';
import conversionPauseSchema from './conversion-pause/schema.json';
import conversionResumeSchema from './conversion-resume/schema.json';
import conversionStatusSchema from './conversion-status/schema.json';
import conversionVerifySchema from './conversion-verify/schema.json';
import type { Verb } from './verb';

/** As much of a schema.json as the command line needs. */
export interface VerbSchema {
  readonly title: string;
  readonly properties: Readonly<Record<string, SchemaProperty>>;
  readonly required?: readonly string[];
}

export interface SchemaProperty {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
  readonly alias?: string;
  readonly minimum?: number;
}

// A verb's options have the type that its schema describes, which is checked against it as the options are read.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyVerb = Verb<any>;

export interface RegisteredVerb {
  readonly name: string;
  readonly schema: VerbSchema;
  readonly load: () => Promise<AnyVerb>;
}

const verb = (name: string, schema: VerbSchema, load: () => Promise<AnyVerb>): RegisteredVerb => ({
  name,
  schema,
  load,
});

export const VERBS: readonly RegisteredVerb[] = [
  verb('migrate', migrateSchema, async () => (await import('./migrate/executor')).migrateVerb),
  verb(
    'migration-revert',
    revertSchema,
    async () => (await import('./migration-revert/executor')).revertVerb,
  ),
  verb(
    'migration-status',
    statusSchema,
    async () => (await import('./migration-status/executor')).statusVerb,
  ),
  verb(
    'migration-generate',
    generateSchema,
    async () => (await import('./migration-generate/executor')).generateVerb,
  ),
  verb(
    'migration-create',
    createSchema,
    async () => (await import('./migration-create/executor')).createVerb,
  ),
  verb(
    'migration-changelog',
    changelogSchema,
    async () => (await import('./migration-changelog/executor')).changelogVerb,
  ),
  verb('migration-lint', lintSchema, async () => (await import('./migration-lint/executor')).lintVerb),
  verb('backup', backupSchema, async () => (await import('./backup/executor')).backupVerb),
  verb('backup-list', backupListSchema, async () => (await import('./backup-list/executor')).backupListVerb),
  verb(
    'migration-rehearse',
    rehearseSchema,
    async () => (await import('./migration-rehearse/executor')).rehearseVerb,
  ),
  verb('restore', restoreSchema, async () => (await import('./restore/executor')).restoreVerb),
  verb(
    'migration-verify',
    verifySchema,
    async () => (await import('./migration-verify/executor')).verifyVerb,
  ),
  verb('migration-adopt', adoptSchema, async () => (await import('./migration-adopt/executor')).adoptVerb),
  verb(
    'migration-squash',
    squashSchema,
    async () => (await import('./migration-squash/executor')).squashVerb,
  ),
  verb(
    'conversion-status',
    conversionStatusSchema,
    async () => (await import('./conversion-status/executor')).conversionStatusVerb,
  ),
  verb(
    'conversion-verify',
    conversionVerifySchema,
    async () => (await import('./conversion-verify/executor')).conversionVerifyVerb,
  ),
  verb(
    'conversion-pause',
    conversionPauseSchema,
    async () => (await import('./conversion-pause/executor')).conversionPauseVerb,
  ),
  verb(
    'conversion-resume',
    conversionResumeSchema,
    async () => (await import('./conversion-resume/executor')).conversionResumeVerb,
  ),
];
