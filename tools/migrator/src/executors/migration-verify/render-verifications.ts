/** Pure: what verifying found -> what a person reads. */
import type { ReportedError } from '../../model';
import { duration, table } from '../../report/table';
import type { MigrationVerdict, SquashVerdict, Verdict, Verification } from '../../verify/verdict';

export type ServiceOutcome = Verification | { readonly service: string; readonly error: ReportedError };

const VERDICTS: Record<Verdict, string> = {
  reversible: 'reversible',
  lossy: 'lossy down',
  irreversible: 'irreversible',
  failed: 'failed',
  'not-verified': 'not verified',
};

/** Nx keeps the --all of run-many for itself, which would go unnoticed. */
const NOTHING =
  'nothing to verify; --all takes the applied ones, too (nx run-many -t migration-verify -- --all)';

/** One line as soon as a verdict is there. */
export function renderProgress(
  service: string,
  { migration, verdict, durationMs }: MigrationVerdict,
  done: number,
  of: number,
): string {
  return `${service}: ${done} of ${of}, ${migration}: ${VERDICTS[verdict]} (${duration(durationMs)})`;
}

export function renderVerifications(outcomes: readonly ServiceOutcome[]): string {
  const rows = outcomes.flatMap((outcome) => {
    if ('error' in outcome) return [[outcome.service, '', 'error', '']];
    const squashes = new Map(outcome.squashes.map((squash) => [squash.migration, squash]));
    if (outcome.migrations.length === 0) return [[outcome.service, '', NOTHING, '']];
    return outcome.migrations.map((migration) => [
      outcome.service,
      migration.migration,
      verdictOf(migration, squashes.get(migration.migration)),
      duration(migration.durationMs),
    ]);
  });
  return [table(['service', 'migration', 'verdict', 'time'], rows), ...outcomes.flatMap(details)].join('\n');
}

function verdictOf({ verdict, errors }: MigrationVerdict, squash: SquashVerdict | undefined): string {
  const reversal = `${VERDICTS[verdict]}${errors.length > 0 && verdict !== 'failed' ? ' (error)' : ''}`;
  if (!squash) return reversal;
  const same = squash.differences.length === 0;
  return `${reversal}, ${same ? 'equals' : 'differs from'} what it replaces${same ? '' : ' (error)'}`;
}

function details(outcome: ServiceOutcome): string[] {
  if ('error' in outcome) return [`\n${outcome.error.message}`];
  const { service, migrations, squashes, entities, withoutRows } = outcome;
  return [
    ...migrations.flatMap(({ migration, file, errors, notes, goesWithDown }) => [
      ...errors.map((text) => `\n${service}: ${migration}: ${text}\nfile: ${file}`),
      ...notes.map((text) => `\nNote: ${service}: ${migration}: ${text}`),
      ...(goesWithDown.length > 0
        ? [`\nNote: ${service}: ${migration}: goes with down, whatever is in it: ${some(goesWithDown)}`]
        : []),
    ]),
    ...squashes.flatMap(({ migration, file, differences }) =>
      differences.length === 0
        ? []
        : [
            `\n${service}: ${migration} alone does not make what the migrations it replaces make:` +
              `${list(differences)}\nfile: ${file}`,
          ],
    ),
    ...(entities && entities.length > 0
      ? [
          `\n${service}: the migrations do not make what the entities say:${list(entities)}\n` +
            `\`migration-generate ${service} --name <Name>\` writes the migration that is missing.`,
        ]
      : []),
    ...withoutRows.map(
      ({ table: name, reason }) => `\nNote: ${service}: nothing was proven on rows of ${name}: ${reason}`,
    ),
  ];
}

const NAMED = 5;
function some(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

const list = (lines: readonly string[]) => lines.map((line) => `\n  ${line}`).join('');
