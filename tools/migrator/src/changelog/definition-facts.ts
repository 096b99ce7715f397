/** Pure: functions, triggers and what else entities cannot express, added, removed and changed. */
import type { Definitions } from '../catalog/definitions';
import type { Fact } from './fact';
import { code } from './markdown';

/** Whether a client of the database may have used it by its name. Other kinds tell nothing a client has to know. */
const KINDS: ReadonlyMap<string, boolean> = new Map([
  ['extension', true],
  ['function', true],
  ['object', true],
  ['type', true],
  ['policy', false],
  ['rule', false],
  ['trigger', false],
]);

export function definitionFacts(before: Definitions, after: Definitions): Fact[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key): Fact[] => {
    const [one, other] = [before[key], after[key]];
    const { kind, name } = (one ?? other)!;
    const used = KINDS.get(kind);
    if (used === undefined || one?.text === other?.text) return [];
    const verb = one ? (other ? 'changed' : 'removed') : 'added';
    const what = kind === 'object' ? name : `${kind} ${code(name)}`;
    return [{ breaking: used && verb === 'removed', text: `${what} ${verb}` }];
  });
}
