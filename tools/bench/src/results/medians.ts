/** Pure: samples -> medians, and one contender's median against another's. */
import { median } from '../statistics';
import type { ContenderResult, Sample } from './model';

export type Measure = keyof Sample;

/** A case of any bench. */
export interface MeasuredCase<Name extends string> {
  readonly contenders: readonly ContenderResult<Name>[];
}

/** Undefined when the case had no such contender or the contender does not tell. */
export function medianOf<Name extends string>(
  result: MeasuredCase<Name>,
  contender: Name,
  measure: Measure,
): number | undefined {
  const samples = result.contenders.find(({ name }) => name === contender)?.samples ?? [];
  const values = samples.flatMap((sample) => sample[measure] ?? []);
  return values.length > 0 ? median(values) : undefined;
}

/** The first contender's median divided by the second's. */
export function ratioOf<Name extends string>(
  result: MeasuredCase<Name>,
  measure: Measure,
  contender: Name,
  to: Name,
): number | undefined {
  const numerator = medianOf(result, contender, measure);
  const denominator = medianOf(result, to, measure);
  return numerator === undefined || denominator === undefined || denominator === 0
    ? undefined
    : numerator / denominator;
}
