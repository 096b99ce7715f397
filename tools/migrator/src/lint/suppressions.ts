/**
 * What a migration says against a rule, with the reason in writing:
 *
 *     static lint = {
 *       'squawk/ban-drop-column': 'the column was never released',
 *       'structure/undeclared-reference(login_attempts.request_id)': 'the id of a request, not of a row',
 *     };
 *
 * A rule's id alone stands for all it finds in the migration, one with a subject for that finding. A reason is required,
 * and so is something to suppress: a word that no longer applies would hide the next finding.
 */
import { findingOf, type MigrationFacts } from './facts';
import type { Finding } from './finding';

export const badSuppression = { id: 'structure/bad-suppression', severity: 'error' } as const;
export const unusedSuppression = { id: 'structure/unused-suppression', severity: 'warning' } as const;

/** @param findings of this migration @returns those that stay, and what is wrong with the suppressions themselves */
export function applySuppressions(
  facts: MigrationFacts,
  findings: readonly Finding[],
  ruleIds: ReadonlySet<string>,
): Finding[] {
  let left = [...findings];
  const faults: Finding[] = [];
  for (const [key, reason] of Object.entries(facts.migration.lint ?? {})) {
    const [, rule = key, subject] = /^([^(]+)\((.+)\)$/.exec(key) ?? [];
    const fault = faultOf(rule, reason, ruleIds);
    if (fault) {
      faults.push(findingOf(badSuppression, { in: facts, subject: key, ...fault }));
      continue;
    }
    const kept = left.filter(
      (finding) => finding.rule !== rule || (subject !== undefined && finding.subject !== subject),
    );
    if (kept.length === left.length)
      faults.push(findingOf(unusedSuppression, { in: facts, subject: key, ...UNUSED(key) }));
    left = kept;
  }
  return [...left, ...faults];
}

function faultOf(rule: string, reason: unknown, ruleIds: ReadonlySet<string>) {
  if (!ruleIds.has(rule)) {
    return {
      message: `\`static lint\` names ${rule}, and there is no such rule.`,
      fix: `The rules:\n${[...ruleIds].sort().join('\n')}`,
    };
  }
  if (typeof reason === 'string' && reason.trim() !== '') return undefined;
  return {
    message: `\`static lint\` suppresses ${rule} without a reason, so nobody can tell later whether it still holds.`,
    fix: `static lint = { '${rule}': 'why it is no danger here' };`,
  };
}

const UNUSED = (key: string) => ({
  message: `\`static lint\` suppresses ${key}, which finds nothing here.`,
  fix: `Remove '${key}' from \`static lint\`.`,
});
