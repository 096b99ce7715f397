import type { ValueTransformer } from 'typeorm';

/** pg gives bigint as text; ours stay far below 2^53. */
export const bigintTransformer: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
