/**
 * References to nothing: numbers that no row has, and none ever had since the id map began. They have no UUID, so they are decided about
 * before anything is filled, each by what its declaration says (`dangling`):
 *
 *   fail        nothing is changed; an error lists them, and how to decide
 *   quarantine  kept in id_conversion.dangling, and taken out: a column becomes null; an element leaves its array or document; and where a
 *               column must have a value, the whole row is kept there and deleted
 *   set-null    kept there as well, and made null: the column, the element, the value in the document
 *
 * `bringBackDangling` puts everything back where it was, unless the row is gone.
 */
import { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion, Reference } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { quotedTable } from '../names';
import { DECLARATIONS_FOLDER } from '../files/declaration-file';
import { allDanglingIn } from './dangling-locations';
import { changingWith, rowKey } from './row-key';
import { placeOf } from './place-of';
import { takeOut } from './take-out';

export { bringBackDangling } from './bring-back-dangling';

/** Those of one reference; counts as text. */
export interface DanglingReferences {
  readonly reference: Reference;
  readonly numbers: string;
  readonly rows: string;
  readonly examples: readonly {
    readonly key: unknown;
    readonly path: readonly string[];
    readonly number: string;
  }[];
}

const EXAMPLES = 20;

/**
 * Reads the tables once per reference. In the shape numeric.
 * @param asOf when the id maps were known to be whole, as Postgres prints it; what clients have written since is not judged
 */
export async function danglingReferences(
  query: Query,
  conversion: IdConversion,
  facts: ConversionFacts,
  asOf: string,
): Promise<readonly DanglingReferences[]> {
  const found: DanglingReferences[] = [];
  for (const reference of conversion.references) {
    const table = facts.tables[reference.table];
    if (table === undefined) continue;
    const from = `FROM ${allDanglingIn(reference, quotedTable(table.name), asOf)}`;
    const [counts] = await query<Pick<DanglingReferences, 'numbers' | 'rows'>>(
      `SELECT count(*)::text AS numbers, count(DISTINCT (t.tableoid, t.ctid))::text AS rows ${from}`,
    );
    if (counts!.numbers === '0') continue;
    const examples = await query<DanglingReferences['examples'][number]>(
      `SELECT ${rowKey(table, changingWith(table, reference)).json} AS key, d."path", d."number"::text AS number ${from} LIMIT ${EXAMPLES}`,
    );
    found.push({ reference, ...counts!, examples });
  }
  return found;
}

/**
 * Decides about all of them. Repeatable; what is done is done for good when it returns, and bring-backable.
 * @param asOf as of `danglingReferences`
 * @throws MigratorError DANGLING_REFERENCES, before anything is changed, when one of them is to `fail` or cannot be taken out
 */
export async function decideDangling(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  asOf: string,
): Promise<readonly DanglingReferences[]> {
  const found = await danglingReferences(database.query, conversion, facts, asOf);
  const undecided = found.filter(({ reference }) => (reference.dangling ?? 'fail') === 'fail');
  if (undecided.length > 0) throw new UndecidedReferences(conversion, undecided);
  const ways = found.map(({ reference }) => takeOut(database, conversion, facts, { reference, asOf }));
  for (const way of ways) await way();
  return found;
}

/** Rows that nobody decided about: which they are is `found`, for who knows another place to decide than the declaration. */
export class UndecidedReferences extends MigratorError {
  constructor(
    { name, service }: IdConversion,
    undecided: readonly DanglingReferences[],
    readonly found = describe(service, undecided),
  ) {
    super(
      'DANGLING_REFERENCES',
      `${found}\n` +
        '1. Correct the rows that you can: write a number that exists, or delete the row.\n' +
        `2. Decide about the rest in ${DECLARATIONS_FOLDER}/${name}.ts of ${service}, at each of these references:\n` +
        "     dangling: 'quarantine'   keeps the numbers aside and takes them out; a row that must have one leaves its table with it\n" +
        "     dangling: 'set-null'     keeps them aside and makes them null where they stand\n" +
        '   Both can be taken back: reverting this migration puts them where they were.\n' +
        '3. Run the same command again.',
    );
  }
}

function describe(service: string, undecided: readonly DanglingReferences[]): string {
  const lines = undecided.map(({ reference, numbers, rows, examples }) => {
    const list = examples.map(
      ({ key, path, number }) =>
        `${JSON.stringify(key)}${path.length > 0 ? ` at ${path.join('.')}` : ''}: ${number}`,
    );
    const more = Number(numbers) > list.length ? `\n    and ${Number(numbers) - list.length} more` : '';
    return `${placeOf(reference)}: ${numbers} in ${rows} rows have no row in ${reference.to}\n    ${list.join('\n    ')}${more}`;
  });
  return (
    `${service}: references to rows that do not exist; they can have no UUID, and nothing was changed.\n` +
    `  ${lines.join('\n  ')}`
  );
}
