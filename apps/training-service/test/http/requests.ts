/** Valid requests, for tests to send as they are or with one fault. */
import { v7 as uuidv7 } from 'uuid';
import { knownOrganization, knownTeam, knownUser } from '../known';

export const exerciseTemplate = () => ({
  organizationId: knownOrganization(),
  name: `Goblet squat ${uuidv7()}`,
  category: 'strength',
});

export const sessionTemplate = () => ({
  organizationId: knownOrganization(),
  name: 'Off-ice strength, week 1',
  category: 'strength',
  difficulty: 'intermediate',
});

export const workoutSession = () => ({
  teamId: knownTeam(),
  createdBy: knownUser(),
  title: 'Leg day',
  type: 'strength',
});

export const assignment = (workoutSessionId: string) => ({ workoutSessionId, playerId: knownUser() });

export const execution = (workoutSessionId: string) => ({ workoutSessionId, playerId: knownUser() });

export const load = (workoutSessionId: string) => ({
  workoutSessionId,
  playerId: knownUser(),
  loadFactor: 0.5,
});

export const results = () => ({ results: { sets: [{ reps: 8, weightKg: 60.5 }] } });
