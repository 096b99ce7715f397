/**
 * Pure: what is bound to columns and has to follow the plain names when they change sides: policies, triggers that name
 * columns, published columns, the replica identity, the mark of CLUSTER. All of it is said again in the words that it has, after the
 * columns were renamed, and so means the other side.
 */
import { escapeIdentifier, escapeLiteral } from 'pg';
import { isPartition } from '../constraints/plain-objects';
import type { TwinColumns } from '../constraints/sides';
import type { ConversionFacts, PolicyFacts, Reads } from '../inspect/facts';
import type { TableFacts, TriggerFacts } from '../inspect/table-facts';
import { CONVERSION_SCHEMA, quotedTable } from '../names';
import type { SwappedTable } from './constraint-swap';

type AllTwins = ReadonlyMap<string, TwinColumns>;

/** Policies of the tables, and of others that read them. */
export function policiesToFollow(facts: ConversionFacts, twins: AllTwins): readonly PolicyFacts[] {
  const all = [...Object.values(facts.tables).flatMap(({ policies }) => policies), ...facts.otherPolicies];
  return all.filter(({ reads }) => readsPlain(reads, twins));
}

const readsPlain = (reads: Reads, twins: AllTwins) =>
  Object.entries(reads).some(([table, columns]) => columns.some((column) => twins.get(table)?.has(column)));

export function alterPolicy({ table, name, using, check }: PolicyFacts): string {
  return [
    `ALTER POLICY ${escapeIdentifier(name)} ON ${quotedTable(table)}`,
    ...(using === null ? [] : [`USING (${using})`]),
    ...(check === null ? [] : [`WITH CHECK (${check})`]),
  ].join(' ');
}

export function followNames({ table, plain }: SwappedTable, twins: TwinColumns): readonly string[] {
  const relation = quotedTable(table.name);
  const alter = `ALTER TABLE ${isPartition(table) ? 'IF EXISTS ' : ''}${relation}`;
  const identity = plain.indexes.find(({ isReplicaIdentity }) => isReplicaIdentity);
  const clustered = plain.indexes.find(({ isClustered }) => isClustered);
  return [
    ...(isPartition(table)
      ? []
      : [
          ...triggersOf(table, twins).flatMap((trigger) => remakeTrigger(relation, trigger)),
          ...republish(table, twins),
        ]),
    ...(identity === undefined
      ? []
      : [`${alter} REPLICA IDENTITY USING INDEX ${escapeIdentifier(identity.name)}`]),
    ...(clustered === undefined ? [] : [`${alter} CLUSTER ON ${escapeIdentifier(clustered.name)}`]),
  ];
}

/** The service's own: those of the conversion know both sides. */
const triggersOf = ({ triggers }: TableFacts, twins: TwinColumns) =>
  triggers.filter(
    ({ columns, whenReads, functionName }) =>
      !functionName.startsWith(`${CONVERSION_SCHEMA}.`) &&
      [...columns, ...whenReads].some((column) => twins.has(column)),
  );

const FIRES = { disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' } as const;

function remakeTrigger(
  relation: string,
  { name, definition, enabled, comment }: TriggerFacts,
): readonly string[] {
  const trigger = escapeIdentifier(name);
  return [
    `DROP TRIGGER ${trigger} ON ${relation}`,
    definition,
    ...(enabled === 'origin' ? [] : [`ALTER TABLE ${relation} ${FIRES[enabled]} TRIGGER ${trigger}`]),
    ...(comment === null
      ? []
      : [`COMMENT ON TRIGGER ${trigger} ON ${relation} IS ${escapeLiteral(comment)}`]),
  ];
}

/** ALTER PUBLICATION ... SET TABLE would have to name all of its tables, so the table leaves and comes back. */
const republish = ({ name, publications }: TableFacts, twins: TwinColumns) =>
  publications
    .filter(
      ({ isByName, columns, filterReads }) =>
        isByName && [...(columns ?? []), ...filterReads].some((column) => twins.has(column)),
    )
    .flatMap((publication) => {
      const called = escapeIdentifier(publication.name);
      const columns = publication.columns?.map((column) => escapeIdentifier(column)).join(', ');
      return [
        `ALTER PUBLICATION ${called} DROP TABLE ${quotedTable(name)}`,
        `ALTER PUBLICATION ${called} ADD TABLE ${quotedTable(name)}${columns === undefined ? '' : ` (${columns})`}` +
          (publication.rowFilter === null ? '' : ` WHERE (${publication.rowFilter})`),
      ];
    });
