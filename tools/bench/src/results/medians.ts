/** Pure: samples -> medians, and one contender's median against another's. */
import type { ContenderName } from '../contenders/contender';
import { median } from '../statistics';
import type { CaseResult, Sample } from './model';

export type Measure = keyof Sample;

/** Undefined when the case had no such contender or the contender does not tell. */
export function medianOf(result: CaseResult, contender: ContenderName, measure: Measure): number | undefined {
  const samples = result.contenders.find(({ name }) => name === contender)?.samples ?? [];
  const values = samples.flatMap((sample) => sample[measure] ?? []);
  return values.length > 0 ? median(values) : undefined;
}

/** The first contender's median divided by the second's. */
export function ratioOf(
  result: CaseResult,
  measure: Measure,
  contender: ContenderName,
  to: ContenderName,
): number | undefined {
  const numerator = medianOf(result, contender, measure);
  const denominator = medianOf(result, to, measure);
  return numerator === undefined || denominator === undefined || denominator === 0
    ? undefined
    : numerator / denominator;
}
