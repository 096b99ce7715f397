/** What a run of bench:convert tells, as it stands in convert.json. */
import type { ContenderResult, BenchResults } from '../results/model';
import type { ConvertCaseName } from './cases';
import type { ContenderName } from './contenders/contender';
import type { ObjectSize } from './databases/measure-sizes';
import type { ConvertSample } from './sample';

/** More about a contender's last round than its numbers. */
export interface ConvertDetails {
  readonly contender: ContenderName;
  readonly phases: readonly { readonly name: string; readonly seconds: number }[];
  readonly before: readonly ObjectSize[];
  readonly after: readonly ObjectSize[];
  /** How often clients were refused, by SQLSTATE or code of the network, from their first request to their last. */
  readonly errorsByCode: Readonly<Record<string, number>>;
}

export interface ConvertCaseResult {
  readonly name: ConvertCaseName;
  /** Users and the rows that refer to them. */
  readonly rows: number;
  readonly contenders: readonly ContenderResult<ContenderName, ConvertSample>[];
  readonly details: readonly ConvertDetails[];
}

export type ConvertResults = BenchResults<ConvertCaseResult>;
