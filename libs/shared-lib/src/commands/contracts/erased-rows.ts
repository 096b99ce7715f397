import { IsIn, IsInt, IsString, Min } from 'class-validator';

/**
 * - `deleted`: the rows are gone
 * - `pseudonymised`: they stay, and name somebody whom nobody can find
 * - `emptied`: they stay, without what was written about the person
 * - `cancelled`: what was still to be done
 */
export const ERASURE_ACTIONS = ['deleted', 'pseudonymised', 'emptied', 'cancelled'] as const;

/** One line of a receipt: what was done to how many rows, and no word about whose they were. */
export class ErasedRows {
  /** The table, or the column of it: `workout_executions.player_id`. */
  @IsString()
  what!: string;

  @IsIn(ERASURE_ACTIONS)
  action!: (typeof ERASURE_ACTIONS)[number];

  @IsInt()
  @Min(0)
  rows!: number;
}
