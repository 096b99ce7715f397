/** Pure: triggers, rules and functions that are bound to a converted column. They stay bound to the numbers when names are swapped. */
import type { InspectedTable, Inspection } from '../inspection';
import { refuse, type Refusal } from '../refusal';

/** The conversion's own triggers run functions of this schema. */
const OWN_FUNCTIONS = 'id_conversion.';

export function refuseCode(inspection: Inspection): readonly Refusal[] {
  return [
    ...[...inspection.tables.values()].flatMap((table) => [...refuseTriggers(table), ...refuseRules(table)]),
    ...refuseFunctions(inspection),
  ];
}

function refuseTriggers({ name: table, triggers, twins }: InspectedTable): readonly Refusal[] {
  return triggers
    .filter(({ functionName }) => !functionName.startsWith(OWN_FUNCTIONS))
    .flatMap(({ name, columns, whenReads }) => {
      const bound = (clause: string, list: readonly string[]) =>
        list
          .filter((column) => twins.has(column))
          .map((column) =>
            refuse(
              'CONVERSION_TRIGGER',
              `trigger ${name} of ${table}`,
              `its ${clause} names ${column}, and would look at the numbers alone after the switch, while clients write UUIDs. Make it again ` +
                `without: let its function compare OLD and NEW.`,
            ),
          );
      return [...bound('UPDATE OF', columns), ...bound('WHEN', whenReads)];
    });
}

function refuseRules({ name: table, rules, twins }: InspectedTable): readonly Refusal[] {
  return rules.flatMap(({ name, reads }) => {
    const used = reads.filter((column) => twins.has(column));
    if (used.length === 0) return [];
    const problem = `it rewrites statements by ${used.join(' and ')}, and would go on with the numbers after the switch. Replace it by a trigger first.`;
    return [refuse('CONVERSION_RULE', `rule ${name} of ${table}`, problem)];
  });
}

function refuseFunctions(inspection: Inspection): readonly Refusal[] {
  return inspection.facts.functions.flatMap(({ name, reads }) => {
    const used = Object.entries(reads).flatMap(([table, columns]) =>
      inspection.convertedOf(table, columns).map((column) => `${table}.${column}`),
    );
    if (used.length === 0) return [];
    const problem =
      `Postgres keeps it parsed, bound to ${used.join(' and ')}, so it would go on with the numbers after the switch and stop the contract. ` +
      'Make it again with its body as a text (AS $$ ... $$), in which names are looked up when it runs.';
    return [refuse('CONVERSION_FUNCTION', `function ${name}`, problem)];
  });
}
