import { escapeIdentifier, escapeLiteral } from 'pg';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import type { GrantFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import { twinNames, twinsByTable } from '../twins';
import { dropPairing } from './pairing-triggers';
import { pairedTables, type PairedTwin } from './paired-table';
import { twinType } from './twin-type';

/**
 * The twin columns, empty, with what is said about the numbers: who may do what with them, comments, what statistics they have; their
 * defaults come with the triggers. One statement a table takes its strongest lock for a moment and rewrites nothing. Privileges on a
 * whole table are the new column's anyway.
 */
export function addTwins(conversion: IdConversion, facts: ConversionFacts): readonly string[] {
  return pairedTables(conversion, facts, 'numeric').flatMap(({ table, twins }) => [
    `ALTER TABLE ${quotedTable(table)} ${twins.map((twin) => `ADD COLUMN IF NOT EXISTS ${definitionOf(twin)}`).join(', ')}`,
    ...twins.flatMap((twin) => attributesOf(table, twin)),
  ]);
}

function attributesOf(table: string, { names, numeric }: PairedTwin): readonly string[] {
  if (!numeric) return [];
  const { grants, comment, statisticsTarget, options } = numeric;
  const [relation, name] = [quotedTable(table), escapeIdentifier(names.uuid)];
  const alter = `ALTER TABLE ${relation} ALTER COLUMN ${name}`;
  return [
    ...grants.map((grant) => grantOnColumn(grant, names.uuid, table)),
    ...(comment === null ? [] : [`COMMENT ON COLUMN ${relation}.${name} IS ${escapeLiteral(comment)}`]),
    ...(statisticsTarget === null ? [] : [`${alter} SET STATISTICS ${statisticsTarget}`]),
    ...(options.length === 0 ? [] : [`${alter} SET (${options.join(', ')})`]),
  ];
}

/** The way back, in the shape numeric: with the pairing of each table, whose strongest lock a statement takes for a moment. */
export function removeTwins(conversion: IdConversion): readonly string[] {
  return [...twinsByTable(conversion)].map(([table, twins]) => {
    const drops = twins.map(
      (twin) => `DROP COLUMN IF EXISTS ${escapeIdentifier(twinNames(twin, 'numeric').uuid)}`,
    );
    const columns = `ALTER TABLE ${quotedTable(table)} ${drops.join(', ')}`;
    return [...dropPairing(conversion, [table]), columns].join(';\n');
  });
}

export function grantOnColumn(
  { privilege, grantee, isGrantable }: GrantFacts,
  column: string,
  relation: string,
): string {
  return `GRANT ${privilege} (${escapeIdentifier(column)}) ON ${quotedTable(relation)} TO ${grantee}${isGrantable ? ' WITH GRANT OPTION' : ''}`;
}

function definitionOf(twin: PairedTwin): string {
  const { numeric, names } = twin;
  if (!numeric)
    throw new Error(`${twin.table} has no column ${twin.column}: the inspection refuses such a conversion`);
  const type = twinType(twin, numeric.type);
  const collation = numeric.collation && type === numeric.type ? ` COLLATE ${numeric.collation}` : '';
  return `${escapeIdentifier(names.uuid)} ${type}${collation}`;
}
