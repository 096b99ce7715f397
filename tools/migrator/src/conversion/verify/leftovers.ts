/**
 * What hangs on converted columns: triggers that are off, rules that do not hold for all rows, indexes that were not finished, NOT NULL
 * that one half has and the other has not. Catalogs only; no table is read.
 *
 * While a migrator is at work, or a column is still to be filled, an unfinished index or rule is on its way. Otherwise a run left it
 * behind.
 */
import type { Query } from '../../pg/query';
import { counterpartName } from '../constraints/sides';
import type { IdConversion } from '../declaration';
import { nameWithSuffix, quotedTable } from '../names';
import { triggerNames } from '../pairing/pairing-names';
import { twinNames, twinsByTable, type Shape, type Twin } from '../twins';
import type { ConversionVerification, Finding, FindingCode } from './verification';

export interface Leftovers {
  /** `table.column`, see ConversionVerification. */
  readonly relaxed: readonly string[];
  readonly findings: readonly Finding[];
}

export interface LeftoversOptions {
  readonly shape: Shape;
  readonly stage: ConversionVerification['stage'];
  /** What is unfinished is on its way. */
  readonly isUnderWay: boolean;
}

export async function findLeftovers(
  query: Query,
  conversion: IdConversion,
  options: LeftoversOptions,
): Promise<Leftovers> {
  const relaxed: string[] = [];
  const findings: Finding[] = [];
  for (const [table, twins] of twinsByTable(conversion)) {
    const constraints = await constraintsOf(query, table);
    const halves = twins.filter((twin) => constraints.has(checkName(twin, '_has_a_half')));
    const isHere = { table, twins, constraints, halves, ...options };
    relaxed.push(...halves.map(({ column }) => `${table}.${column}`));
    findings.push(...notValid(isHere), ...(await indexesNotValid(query, isHere)));
    if (options.stage === 'contracted') findings.push(...stillRelaxed(isHere));
    else {
      findings.push(...(await triggersOff(query, conversion, table)));
      findings.push(...(await notNullMissing(query, isHere)));
    }
  }
  return { relaxed, findings };
}

interface TableState extends LeftoversOptions {
  readonly table: string;
  readonly twins: readonly Twin[];
  /** Whether it is valid, by name. */
  readonly constraints: ReadonlyMap<string, boolean>;
  /** Those whose NOT NULL is relaxed. */
  readonly halves: readonly Twin[];
}

const checkName = ({ table, column }: Twin, suffix: string) => nameWithSuffix(`${table}_${column}`, suffix);

async function constraintsOf(query: Query, table: string): Promise<ReadonlyMap<string, boolean>> {
  const rows = await query<{ name: string; valid: boolean }>(
    `SELECT conname AS name, convalidated AS valid FROM pg_constraint WHERE conrelid = $1::regclass`,
    [quotedTable(table)],
  );
  return new Map(rows.map(({ name, valid }) => [name, valid]));
}

/** A rule of the service that was not valid before is not either on its counterpart; what the conversion checks for itself is. */
function notValid({ table, twins, constraints, shape, isUnderWay }: TableState): readonly Finding[] {
  const counterparts = [...constraints].flatMap(([name, valid]) => {
    const counterpart = counterpartName(name, shape);
    const isProven = constraints.get(counterpart);
    if (isProven === undefined || isProven === valid) return [];
    return [valid ? counterpart : name];
  });
  const own = twins
    .flatMap((twin) =>
      (['numeric', 'uuid'] as const).map((at) => nameWithSuffix(twinNames(twin, shape)[at], '_is_filled')),
    )
    .filter((name) => constraints.get(name) === false);
  return [...counterparts, ...own].map((name) =>
    unfinished('CONSTRAINT_NOT_VALID', `${table}: ${name}`, 'it holds for new rows only', isUnderWay),
  );
}

async function indexesNotValid(query: Query, { table, isUnderWay }: TableState): Promise<readonly Finding[]> {
  const rows = await query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = $1::regclass AND NOT (i.indisvalid AND i.indisready) ORDER BY 1`,
    [quotedTable(table)],
  );
  return rows.map(({ name }) =>
    unfinished('INDEX_NOT_VALID', name, `an index of ${table} that is not finished`, isUnderWay),
  );
}

function unfinished(code: FindingCode, subject: string, what: string, isUnderWay: boolean): Finding {
  return isUnderWay
    ? {
        ...{ verdict: 'open', code: 'BEING_BUILT', subject, examples: [] },
        message: `${what}; it is being built, or will be when \`migrate\` goes on.`,
      }
    : {
        ...{ verdict: 'wrong', code, subject, examples: [] },
        message: `${what}, and no migrator is at work: a run was broken off. Run \`migrate\` again; it drops and builds what is not finished.`,
      };
}

function stillRelaxed({ table, halves }: TableState): readonly Finding[] {
  return halves.map((twin) => ({
    ...{ verdict: 'wrong' as const, code: 'NOT_NULL_MISSING' as const, subject: `${table}.${twin.column}` },
    message: `it was NOT NULL before the conversion, and has only its check ${checkName(twin, '_has_a_half')} instead.`,
    examples: [],
  }));
}

async function triggersOff(
  query: Query,
  conversion: IdConversion,
  table: string,
): Promise<readonly Finding[]> {
  const { firstOnInsert, firstOnUpdate } = triggerNames(conversion);
  const rows = await query<{ name: string }>(
    `SELECT wanted."name" FROM unnest($2::text[]) AS wanted("name") WHERE NOT EXISTS (
       SELECT FROM pg_trigger WHERE tgrelid = $1::regclass AND tgname = wanted."name" AND tgenabled IN ('O', 'A'))`,
    [quotedTable(table), [firstOnInsert, firstOnUpdate]],
  );
  return rows.map(({ name }) => ({
    ...{
      verdict: 'wrong' as const,
      code: 'TRIGGER_OFF' as const,
      subject: `${table}: ${name}`,
      examples: [],
    },
    message:
      `the trigger that keeps numbers and UUIDs of ${table} in agreement is missing or switched off: ALTER TABLE ... ENABLE TRIGGER, or ` +
      'revert AddUuidColumns and apply it again. What was written meanwhile has one half.',
  }));
}

/** Of two halves that are filled, what one must have the other must have. It is set when a fill has ended, not sooner. */
async function notNullMissing(
  query: Query,
  { table, twins, halves, shape, isUnderWay }: TableState,
): Promise<readonly Finding[]> {
  if (isUnderWay) return [];
  const rows = await query<{ name: string; required: boolean }>(
    `SELECT attname AS name, attnotnull AS required FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [quotedTable(table)],
  );
  const required = new Map(rows.map(({ name, required }) => [name, required]));
  return twins
    .filter((twin) => !halves.includes(twin))
    .flatMap((twin) => {
      const { numeric, uuid } = twinNames(twin, shape);
      if (required.get(numeric) === required.get(uuid)) return [];
      const column = required.get(numeric) ? uuid : numeric;
      return [unfinished('NOT_NULL_MISSING', `${table}.${column}`, 'its other half is NOT NULL', isUnderWay)];
    });
}
