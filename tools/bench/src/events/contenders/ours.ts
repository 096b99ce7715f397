/**
 * Ours: two services. Each process loads its own side alone, as in production. Receipts go back, and the outbox gets rid of
 * what they confirm, while all of it is measured.
 */
import type { Contender } from './contender';

export const ours: Contender = {
  openScorer: async () => (await import('./ours-scorer')).openScorer(),
  openScoreboard: async (servers, onCommitted) =>
    (await import('./ours-scoreboard')).openScoreboard(servers, onCommitted),
};
