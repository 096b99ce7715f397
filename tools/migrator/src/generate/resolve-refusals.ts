/**
 * What a person says about every loss that a change would bring: by options before, by answers to questions now, or not at
 * all. Then nothing is generated, and the message has the options ready to paste.
 */
import type { Catalog } from '../catalog/catalog';
import { MigratorError } from '../errors';
import type { Decisions } from './decisions';
import { planChange } from './plan-change';
import type { Refusal } from './refusals';

export interface Choice {
  readonly label: string;
  readonly decide: (decisions: Decisions) => Decisions;
}

/** Puts a question. @returns undefined when the person would rather stop */
export type Ask = (question: string, choices: readonly Choice[]) => Promise<Choice | undefined>;

/**
 * @param ask left out where nobody can answer
 * @throws MigratorError DESTRUCTIVE_CHANGE
 */
export async function resolveRefusals(
  service: string,
  before: Catalog,
  entities: Catalog,
  given: Decisions,
  ask?: Ask,
): Promise<Decisions> {
  let decisions = given;
  for (;;) {
    const { refusals } = planChange(before, entities, decisions);
    const [refusal] = refusals;
    if (!refusal) return decisions;
    const choice = await ask?.(
      `${refusal.subject}: ${refusal.explanation}. What became of it?`,
      choicesOf(refusal, before),
    );
    if (!choice) throw destructive(service, refusals);
    decisions = choice.decide(decisions);
  }
}

function choicesOf(refusal: Refusal, before: Catalog): Choice[] {
  const renames = refusal.renameCandidates.map((candidate): Choice => ({
    label: `it is called ${candidate} now`,
    decide: (decisions) => renamed(decisions, refusal, candidate, before),
  }));
  const drop: Choice = {
    label: 'it may go, with everything in it',
    decide: (decisions) => ({ ...decisions, allowDrop: [...decisions.allowDrop, refusal.subject] }),
  };
  return [...renames, drop];
}

function renamed(decisions: Decisions, { reason, subject }: Refusal, to: string, before: Catalog): Decisions {
  if (reason === 'table-dropped') {
    return { ...decisions, tableRenames: [...decisions.tableRenames, { from: subject, to }] };
  }
  const table = Object.keys(before.tables).find((name) => subject.startsWith(`${name}.`)) ?? '';
  const rename = { table, from: subject.slice(table.length + 1), to };
  return { ...decisions, renames: [...decisions.renames, rename] };
}

function destructive(service: string, refusals: readonly Refusal[]): MigratorError {
  const lines = refusals.flatMap((refusal) => [
    `${refusal.subject}: ${refusal.explanation}.`,
    ...waysOut(refusal).map((way) => `  ${way}`),
  ]);
  return new MigratorError(
    'DESTRUCTIVE_CHANGE',
    `${service}: nothing was written, because this would be lost without having been told to go.\n${lines.join('\n')}`,
  );
}

const LIKELY = 3;

/** Options, and after each what it means. */
function waysOut({ reason, subject, renameCandidates }: Refusal): string[] {
  const option = reason === 'table-dropped' ? '--rename-table' : '--rename';
  const renames = renameCandidates.slice(0, LIKELY).map((candidate) => ({
    option: shellWord(option, `${subject}:${candidate}`),
    meaning: 'it was renamed',
  }));
  const isRemade = reason === 'no-conversion' || reason === 'becomes-generated';
  const drop = {
    option: shellWord('--allow-drop', subject),
    meaning: isRemade ? 'drop it and add it anew, empty' : 'drop it',
  };
  const byHand = { option: 'migration-create', meaning: 'write by hand what becomes of the values' };
  const ways = [...renames, drop, ...(isRemade ? [byHand] : [])];
  const width = Math.max(...ways.map((way) => way.option.length));
  return ways.map((way) => `${way.option.padEnd(width)}  ${way.meaning}`);
}

/** Names may have spaces, and then a shell needs quotes. */
function shellWord(option: string, value: string): string {
  return `${option} ${/^[\w.:-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;
}
