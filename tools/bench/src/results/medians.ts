/** Pure: samples -> medians, and one contender's median against another's. */
import { median } from '../statistics';
import type { ContenderResult, Sample } from './model';

/** A number that a run has, or may have. */
export type Measure<OneRun> = keyof OneRun & string;

/** What a run is told in: numbers, some of which a contender may leave out. */
export type Numbers<OneRun> = { readonly [Name in keyof OneRun]: number | undefined };

/** A case of any bench. */
export interface MeasuredCase<Name extends string, OneRun = Sample> {
  readonly contenders: readonly ContenderResult<Name, OneRun>[];
}

/** Undefined when the case had no such contender or the contender does not tell. */
export function medianOf<Name extends string, OneRun extends Numbers<OneRun>>(
  result: MeasuredCase<Name, OneRun>,
  contender: Name,
  measure: Measure<OneRun>,
): number | undefined {
  const samples = result.contenders.find(({ name }) => name === contender)?.samples ?? [];
  const values = samples.flatMap((sample): readonly number[] => {
    const value: number | undefined = sample[measure];
    return value === undefined ? [] : [value];
  });
  return values.length > 0 ? median(values) : undefined;
}

/** The first contender's median divided by the second's. */
export function ratioOf<Name extends string, OneRun extends Numbers<OneRun>>(
  result: MeasuredCase<Name, OneRun>,
  measure: Measure<OneRun>,
  contender: Name,
  to: Name,
): number | undefined {
  const numerator = medianOf(result, contender, measure);
  const denominator = medianOf(result, to, measure);
  return numerator === undefined || denominator === undefined || denominator === 0
    ? undefined
    : numerator / denominator;
}
