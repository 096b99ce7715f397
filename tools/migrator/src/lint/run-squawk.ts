/**
 * A migration's statements -> what squawk says about them. Owns the process and its text; what becomes of a report is
 * decided in `squawk-rules.ts`.
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { MigratorError } from '../errors';

export interface SquawkReport {
  /** As squawk names it, without our prefix. */
  readonly rule: string;
  /** Index of the statement. */
  readonly statement: number;
  readonly message: string;
  /** Squawk's own advice, if it has any. */
  readonly help: string | null;
}

export interface SquawkSettings {
  /** Whether the statements share one transaction. */
  readonly transaction: boolean;
  /** `18.0` */
  readonly postgresVersion: string;
  /** Names of squawk's rules that are not to be asked. */
  readonly exclude: readonly string[];
  /** The program; squawk's own for this platform, when left out. */
  readonly binary?: string;
}

/** Squawk cannot read a statement, and then reads nothing after it. */
const SYNTAX_ERROR = 'syntax-error';
const FOUND_SOMETHING = 1;
/** Squawk's own way to say nothing about a statement. Exceptions are written in the migration class, with a reason. */
const IGNORE = 'squawk-ignore';

/**
 * Squawk stops at the first statement that it cannot read. Postgres has run them all, so such a statement is left out,
 * with a report of its own, and the rest is asked again.
 *
 * @throws MigratorError LINTER_MISSING, LINTER_FAILED
 */
export async function runSquawk(
  statements: readonly string[],
  settings: SquawkSettings,
): Promise<SquawkReport[]> {
  const unread: SquawkReport[] = [];
  for (;;) {
    const skipped = new Set(unread.map(({ statement }) => statement));
    const texts = statements.map((sql, index) => (skipped.has(index) ? '' : sql));
    const reports = await ask(texts, settings);
    const failed = reports.filter(({ rule, statement }) => rule === SYNTAX_ERROR && !skipped.has(statement));
    if (failed.length === 0) return [...unread, ...reports.filter(({ rule }) => rule !== SYNTAX_ERROR)];
    unread.push(failed[0]!);
  }
}

async function ask(
  statements: readonly string[],
  { transaction, postgresVersion, exclude, binary = squawkBinary() }: SquawkSettings,
): Promise<SquawkReport[]> {
  const { text, firstLines } = scriptOf(statements);
  const args = ['--reporter', 'json', '--pg-version', postgresVersion];
  if (exclude.length > 0) args.push('--exclude', exclude.join(','));
  if (transaction) args.push('--assume-in-transaction');
  const output = await run(binary, [...args, '--stdin-filepath', 'migration.sql'], text);
  return output.map(({ rule_name, line, message, help }) => ({
    rule: rule_name,
    statement: firstLines.findLastIndex((first) => first <= line),
    message,
    help,
  }));
}

/** Each statement begins a line, so that a line tells the statement. */
function scriptOf(statements: readonly string[]): { text: string; firstLines: number[] } {
  const firstLines: number[] = [];
  let text = '';
  let line = 0;
  for (const statement of statements) {
    // On a line of its own, the semicolon also ends a statement whose last line is a comment.
    const piece = `${statement.replace(/;\s*$/, '').replaceAll(IGNORE, 'ignored')}\n;\n`;
    firstLines.push(line);
    line += piece.split('\n').length - 1;
    text += piece;
  }
  return { text, firstLines };
}

interface RawReport {
  readonly rule_name: string;
  /** From 0. */
  readonly line: number;
  readonly message: string;
  readonly help: string | null;
}

function run(binary: string, args: readonly string[], input: string): Promise<RawReport[]> {
  return new Promise((resolve, reject) => {
    // Elsewhere a .squawk.toml could change what is asked; next to its own binary there is none.
    const child = spawn(binary, args, { cwd: dirname(binary), stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
    child.once('error', (error) => reject(linterMissing(error)));
    child.once('close', (code, signal) => {
      if (code === 0 || code === FOUND_SOMETHING) {
        try {
          return resolve(output.trim() === '' ? [] : (JSON.parse(output) as RawReport[]));
        } catch (error) {
          complaint = `it printed no JSON: ${error instanceof Error ? error.message : String(error)}`;
        }
      }
      reject(
        new MigratorError(
          'LINTER_FAILED',
          `squawk, which reads the SQL of migrations, ended with ${signal ?? `code ${code}`}: ${complaint.trim() || 'it said nothing'}. ` +
            'Is squawk-cli installed in the version that package.json names? `npm ci` installs it.',
        ),
      );
    });
    // It may end before it has read everything; its exit code tells why.
    child.stdin.once('error', () => undefined);
    child.stdin.end(input);
  });
}

function squawkBinary(): string {
  try {
    // Loaded here: where it is not installed, only this verb suffers.
    const squawk = require('squawk-cli/js/index.js') as { getBinaryPath(): string };
    return squawk.getBinaryPath();
  } catch (error) {
    throw linterMissing(error);
  }
}

function linterMissing(error: unknown): MigratorError {
  return new MigratorError(
    'LINTER_MISSING',
    `squawk, which reads the SQL of migrations, cannot be started on this machine (${process.platform}-${process.arch}): ` +
      `${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n` +
      'Install it with `npm ci --include=optional`. It exists for Linux, macOS and Windows on x64, and for Linux and macOS on arm64.',
    { cause: error },
  );
}
