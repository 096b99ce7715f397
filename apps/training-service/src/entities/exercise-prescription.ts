/**
 * How much of an exercise is to be done: the shape that a session's exercises (as columns) and a session
 * template's blocks (as JSON) share, and its limits. Owns no table.
 */
import type { Range } from './column-rules';

export const SETS: Range = { min: 1, max: 50 };
export const REPS: Range = { min: 1, max: 1000 };
export const REST_SECONDS: Range = { min: 0, max: 3600 };
export const ROUNDS: Range = { min: 1, max: 20 };
export const BLOCK_EXERCISE_COUNT = 30;
export const TARGET_NOTES_LENGTH = 500;

/** The limits of a target's numbers; above 100 percent is overload. */
export const TARGET = {
  weightKg: { min: 0, max: 1000 },
  percentOfMax: { min: 1, max: 150 },
  durationSeconds: { min: 1, max: 14_400 },
  distanceMeters: { min: 1, max: 100_000 },
  heartRateZone: { min: 1, max: 5 },
} satisfies Record<string, Range>;

/** What a set aims at, beyond the number of repetitions. Every field is optional; units are in the names. */
export interface ExerciseTarget {
  weightKg?: number;
  /** Share of the player's one-repetition maximum. */
  percentOfMax?: number;
  durationSeconds?: number;
  distanceMeters?: number;
  /** 1 (easiest) to 5. */
  heartRateZone?: number;
  /** Rate of perceived exertion, 1 to 10. */
  rpe?: number;
  notes?: string;
}

/** One exercise of a session template. */
export interface PlannedExercise {
  /** References `exercise_templates`; inside JSON no foreign key can watch it, so the service does. */
  exerciseTemplateId: string;
  sets: number;
  /** Null when a set is measured by time or distance. */
  reps: number | null;
  restSeconds: number;
  target: ExerciseTarget;
}

/** A part of a session that is done as one, such as a warm-up or a circuit. */
export interface SessionBlock {
  name: string;
  /** How many times the block is gone through. */
  rounds: number;
  exercises: PlannedExercise[];
}
