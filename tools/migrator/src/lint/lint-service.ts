/**
 * Judges one service's migrations: pure rules over facts that were read before. Owns the rules, their order and their
 * exceptions; reads nothing itself, and whether a finding fails a run is the verb's to say.
 *
 *   squawk/...     from the text of the statements, where the trace does not refute it
 *   trace/...      from what happened when they ran on tables with rows
 *   structure/...  from the schema they lead to, and the entities
 */
import { findingOf, type ServiceFacts } from './facts';
import type { Finding } from './finding';
import { RULES, RULE_IDS } from './rules';
import { squawkFindings } from './squawk-findings';
import { applySuppressions } from './suppressions';

/** In the order of migrations, then of statements, then of rules; what is about a whole migration comes first. */
export function lintService(facts: ServiceFacts): Finding[] {
  const found = RULES.flatMap((rule) => rule.find(facts).map((one) => findingOf(rule, one)));
  return facts.migrations.flatMap((migration) => {
    const own = found.filter((finding) => finding.migration === migration.migration.name);
    const findings = applySuppressions(migration, [...squawkFindings(migration), ...own], RULE_IDS);
    const place = ({ statement }: Finding) => migration.trace.statements.indexOf(statement ?? '');
    return findings.sort((a, b) => place(a) - place(b) || (a.rule < b.rule ? -1 : 1));
  });
}
