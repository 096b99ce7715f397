/** Pure: what `conversion-verify` finds, and what follows from it. */
import type { Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import type { TwinProof } from '../proof/prove';
import type { DanglingCount } from '../status/read-status';
import type { Shape } from '../twins';

/**
 * `proven`: all of it is right. `open`: nothing is wrong, and something is still to come that the next phase needs: a fill, a pair
 * of the owner. `wrong`: a row or a
 * pair says something else than it should, or what a run left behind is in the way.
 */
export type Verdict = 'proven' | 'open' | 'wrong';

/** Programs may depend on them. */
export type FindingCode =
  /** A fill has not come to these rows. */
  | 'NOT_FILLED'
  /** Rows wait for pairs that the owner has, and this service has not got yet. */
  | 'WAITING_FOR_PAIRS'
  /** Pairs of the owner are not in this service's copy yet, and rows that are not proven may need them. */
  | 'PAIRS_MISSING'
  /** The owner's id map could not be read. */
  | 'MAP_NOT_COMPARED'
  /** A run is building it at this moment, or will. */
  | 'BEING_BUILT'
  /** A number and a UUID of different rows stand beside each other. */
  | 'HALVES_DIFFER'
  /** The pair is known, and one half is null. */
  | 'HALF_MISSING'
  /** A reference to something that neither this id map nor the owner's knows. */
  | 'REFERS_TO_NOTHING'
  /** The copy has pairs that the owner's id map does not have, or has otherwise. */
  | 'PAIRS_DIFFER'
  /** A trigger that keeps the halves in agreement is not there, or switched off. */
  | 'TRIGGER_OFF'
  | 'CONSTRAINT_NOT_VALID'
  | 'INDEX_NOT_VALID'
  | 'NOT_NULL_MISSING';

export interface Finding {
  readonly verdict: Exclude<Verdict, 'proven'>;
  readonly code: FindingCode;
  /** `sessions.userId`, `id map of users`, an index's name. */
  readonly subject: string;
  /** What is the matter, and what to do. */
  readonly message: string;
  /** Some of the rows or pairs, as text. */
  readonly examples: readonly string[];
}

/** An id map of one service. Counts and checksums are text: they may be larger than JavaScript's numbers. */
export interface MapProof {
  /** The owner's table: `users`. */
  readonly map: string;
  readonly pairs: string;
  readonly checksum: string;
  /** Of the owner's map; null in the owner itself, and where it could not be read. */
  readonly owner: { readonly pairs: string; readonly checksum: string } | null;
  /** Pairs that the owner made while this was read, and that are here by now or on their way. */
  readonly underWay: number;
  /** Pairs of the owner that are not here otherwise: no fault and nothing to wait for, unless a finding says that they are needed. */
  readonly notHere: number;
  readonly verdict: Verdict;
}

export interface ColumnProof extends TwinProof {
  readonly verdict: Verdict;
}

/** After the contract: references against the id map, and what that does not know against the owner's table. */
export interface ReferenceProof {
  readonly table: string;
  readonly column: string;
  readonly to: string;
  /** Different UUIDs that the column has and the id map does not: of rows that were made since. */
  readonly madeSince: number;
  readonly verdict: Verdict;
}

export interface ConversionVerification {
  readonly service: string;
  readonly name: string;
  readonly isOwner: boolean;
  /** What the plain names hold: `numeric` before the switch, `uuid` after it. */
  readonly shape: Shape;
  /** `paired`: a number and a UUID beside each other. `contracted`: the numbers are gone, after the last phase. */
  readonly stage: 'paired' | 'contracted';
  readonly verdict: Verdict;
  /** Empty after the contract. */
  readonly columns: readonly ColumnProof[];
  /** Empty before the contract. */
  readonly references: readonly ReferenceProof[];
  readonly maps: readonly MapProof[];
  /** Columns that were NOT NULL and are not until the contract; a check sees to it that one half is there. */
  readonly relaxed: readonly string[];
  /** References to nothing that were decided about. */
  readonly dangling: readonly DanglingCount[];
  readonly findings: readonly Finding[];
}

/** Of all the findings; `proven` when there is none. */
export function verdictOf(findings: readonly Pick<Finding, 'verdict'>[]): Verdict {
  if (findings.some(({ verdict }) => verdict === 'wrong')) return 'wrong';
  return findings.length > 0 ? 'open' : 'proven';
}

/** Asks the owner's database; undefined when it cannot be reached. */
export type AskOwner = <T>(
  conversion: IdConversion,
  work: (query: Query) => Promise<T>,
) => Promise<T | undefined>;
