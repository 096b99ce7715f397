/**
 * Random schemas of 3 to 12 tables with random rows, through the five phases and back while clients of both shapes write: after every
 * phase each row means what it meant or what was written, and in the end the schema is what it was. More of them, or one again:
 * CONVERSION_PROPERTY_SEED=17 CONVERSION_PROPERTY_SCHEMAS=1. A schema that fails is made smaller before it is shown.
 */
import fc from 'fast-check';
import { convertAndCompare, type Outcome } from './convert-and-compare';
import { schemaDraw, type SchemaDraw } from './drawn-schema';
import { modelOf } from './trial-model';
import { trialSettings } from './trial-schemas.config';

/** Some 40 seconds, where nobody else needs the machine. */
const USUAL_SCHEMAS = 6;
const SHRINK_MS = 60_000;
const TIMEOUT_MS = 600_000;

const { first, schemas } = trialSettings(USUAL_SCHEMAS);
const outcomes: Outcome[] = [];

it.each(Array.from({ length: schemas }, (_, index) => first + index))(
  'schema %i is converted, or refused where it was drawn to be',
  async (number) => {
    let givesUpAt = Infinity;
    let latest: Outcome | undefined;
    const property = fc.asyncProperty(schemaDraw, async (draw: SchemaDraw) => {
      // What takes longer to make smaller counts as fine, so that the smallest so far is shown.
      if (Date.now() > givesUpAt) return;
      try {
        latest = await convertAndCompare(modelOf(draw));
        expect(latest.kind).toBe(draw.isRefused ? 'refused' : 'converted');
      } catch (error) {
        givesUpAt = Math.min(givesUpAt, Date.now() + SHRINK_MS);
        throw error;
      }
    });
    await fc.assert(property, { seed: number, numRuns: 1, unbiased: true });
    outcomes.push(latest!);
  },
  TIMEOUT_MS,
);

afterAll(() => {
  const tally = new Map<string, number>();
  for (const outcome of outcomes) {
    const word =
      outcome.kind === 'converted' ? 'converted' : `refused: ${[...new Set(outcome.codes)].join(', ')}`;
    tally.set(word, (tally.get(word) ?? 0) + 1);
  }
  const counts = [...tally].map(([word, count]) => `${count} ${word}`).join('; ');
  console.log(`CONVERSION_PROPERTY_SEED=${first} CONVERSION_PROPERTY_SCHEMAS=${schemas}: ${counts}`);
});
