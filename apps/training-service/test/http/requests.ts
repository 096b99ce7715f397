/** Valid requests, for tests to send as they are or with one fault. */
import { v7 as uuidv7 } from 'uuid';

export const exerciseTemplate = () => ({
  organizationId: uuidv7(),
  name: `Goblet squat ${uuidv7()}`,
  category: 'strength',
});

export const sessionTemplate = () => ({
  organizationId: uuidv7(),
  name: 'Off-ice strength, week 1',
  category: 'strength',
  difficulty: 'intermediate',
});

export const workoutSession = () => ({
  teamId: uuidv7(),
  createdBy: uuidv7(),
  title: 'Leg day',
  type: 'strength',
});

export const assignment = (workoutSessionId: string) => ({ workoutSessionId, playerId: uuidv7() });

export const execution = (workoutSessionId: string) => ({ workoutSessionId, playerId: uuidv7() });

export const load = (workoutSessionId: string) => ({ workoutSessionId, playerId: uuidv7(), loadFactor: 0.5 });

export const results = () => ({ results: { sets: [{ reps: 8, weightKg: 60.5 }] } });
