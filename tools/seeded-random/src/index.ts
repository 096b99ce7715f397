/**
 * Draws that are the same whenever the seed is the same: what is killed when, and what clients ask for. Owns the generator, so that a seed
 * that was recorded draws the same in ten years; does not own what is drawn, nor where a seed comes from.
 */
export { LARGEST_SEED, RandomSource } from './random-source';
