/** Before the contract: every row's number against its UUID. */
import type { Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import { prove, type TwinProof } from '../proof/prove';
import { twinsOf, type Shape, type Twin } from '../twins';
import { isFilled } from './fill-state';
import { whyHalvesAreMissing } from './missing-halves';
import { verdictOf, type AskOwner, type ColumnProof, type Finding } from './verification';

export interface ColumnsVerified {
  readonly columns: readonly ColumnProof[];
  readonly findings: readonly Finding[];
}

/** Reads every table with converted columns once per column; nothing where the numbers are gone. */
export async function verifyColumns(
  query: Query,
  conversion: IdConversion,
  shape: Shape,
  askOwner: AskOwner,
): Promise<ColumnsVerified> {
  const twins = twinsOf(conversion);
  const columns: ColumnProof[] = [];
  const findings: Finding[] = [];
  for (const proof of await prove(query, conversion, shape)) {
    const twin = twins.find(({ table, column }) => table === proof.table && column === proof.column)!;
    const found = [
      ...differing(proof),
      ...(await missing(query, conversion, twin, { proof, shape, askOwner })),
    ];
    columns.push({ ...proof, verdict: verdictOf(found) });
    findings.push(...found);
  }
  return { columns, findings };
}

const subjectOf = ({ table, column }: Pick<Twin, 'table' | 'column'>) => `${table}.${column}`;

function differing(proof: TwinProof): readonly Finding[] {
  const { wrong, rows, examples, numberChecksum, uuidChecksum } = proof;
  if (wrong === '0' && numberChecksum === uuidChecksum) return [];
  return [
    {
      ...{ verdict: 'wrong', code: 'HALVES_DIFFER', subject: subjectOf(proof), examples },
      message:
        `of ${rows} rows ${wrong} have a number and a UUID of different rows, written past the triggers. Find out which half is right, and write ` +
        'into the other what belongs to it (SELECT "uuid" FROM "id_conversion"."<table>_ids" WHERE "number" = ...), not NULL, which would empty both.',
    },
  ];
}

async function missing(
  query: Query,
  conversion: IdConversion,
  twin: Twin,
  { proof, shape, askOwner }: { proof: TwinProof; shape: Shape; askOwner: AskOwner },
): Promise<readonly Finding[]> {
  const { incomplete, underWay, rows, examples } = proof;
  if (BigInt(incomplete) <= BigInt(underWay)) return [];
  const subject = subjectOf(twin);
  if (!(await isFilled(query, conversion.name, twin))) {
    const message = `${incomplete} of ${rows} rows are still to be filled; conversion-status says how far that is, and \`migrate\` goes on with it.`;
    return [{ verdict: 'open', code: 'NOT_FILLED', subject, message, examples: [] }];
  }
  if (twin.role === 'reference') {
    return whyHalvesAreMissing(query, conversion, twin, { shape, incomplete, askOwner });
  }
  const message = `${incomplete} row(s) have a key of one half only; the phase that fills it ended, so the other was emptied past the triggers.`;
  return [{ verdict: 'wrong', code: 'HALF_MISSING', subject, message, examples }];
}
