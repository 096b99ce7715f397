import type { ValueTransformer } from 'typeorm';

/**
 * Postgres sends `numeric` as text, lest digits be lost. Only for columns of at most 15 digits, which a
 * JavaScript number holds exactly as written.
 */
export const decimalTransformer: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
