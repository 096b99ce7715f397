/**
 * Pure: a reference as an option spells it -> a reference of a declaration, with the service that has it.
 *
 *     service=training-service table=workout_assignments column=playerId kind=column
 *     service=training-service table=workout_sessions column=metadata kind=json path=coachIds[*]
 *     service=training-service table=notes column=subjectId kind=polymorphic typeColumn=subjectType typeValue=user
 *
 * Not commas: Nx takes an option with commas for several.
 */
import { MigratorError } from '../../errors';
import type { DanglingPolicy, Reference } from '../declaration';

export interface ServiceReference {
  readonly service: string;
  readonly reference: Reference;
}

const KINDS: Readonly<Record<Reference['kind'], readonly string[]>> = {
  column: [],
  array: [],
  json: ['path'],
  polymorphic: ['typeColumn', 'typeValue'],
};
const POLICIES: readonly DanglingPolicy[] = ['fail', 'quarantine', 'set-null'];
const ALWAYS = ['service', 'table', 'column', 'kind'] as const;
const WHERE_WANTED = ['to', 'dangling'] as const;

/**
 * @param onlyTable what `to` is when it is left out: the converted table, where there is one alone
 * @throws MigratorError BAD_OPTION
 */
export function parseReference(text: string, onlyTable: string | undefined): ServiceReference {
  const parts = partsOf(text);
  const kind = parts.get('kind') ?? '';
  if (!isKind(kind)) {
    throw bad(
      text,
      `kind is ${kind === '' ? 'missing' : `"${kind}"`}; it is one of ${Object.keys(KINDS).join(', ')}`,
    );
  }
  const needed = [...ALWAYS, ...KINDS[kind]];
  const missing = needed.filter((name) => !parts.get(name));
  if (missing.length > 0) throw bad(text, `${missing.join(' and ')} missing`);
  const known: readonly string[] = [...needed, ...WHERE_WANTED];
  const unknown = [...parts.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw bad(text, `${unknown.join(' and ')} means nothing for the kind ${kind}`);
  const { service = '', ...reference } = Object.fromEntries(parts);
  const to = reference['to'] ?? onlyTable;
  if (to === undefined)
    throw bad(text, 'several tables are converted, so `to` must say whose numbers these are');
  const dangling = reference['dangling'];
  if (dangling !== undefined && !POLICIES.some((policy) => policy === dangling)) {
    throw bad(text, `dangling is "${dangling}"; it is one of ${POLICIES.join(', ')}`);
  }
  return { service, reference: { ...reference, to } as unknown as Reference };
}

/** A value may hold everything but white space. */
function partsOf(text: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.trim().split(/\s+/)) {
    const [, name, value] = /^([A-Za-z]+)=(.*)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) throw bad(text, `"${part}" is not name=value`);
    if (parts.has(name)) throw bad(text, `${name} is there twice`);
    parts.set(name, value);
  }
  return parts;
}

const isKind = (kind: string): kind is Reference['kind'] => Object.hasOwn(KINDS, kind);

const bad = (text: string, problem: string) =>
  new MigratorError(
    'BAD_OPTION',
    `--reference "${text}": ${problem}. For example: service=training-service table=workout_assignments column=playerId kind=column`,
  );
