/** What the property tests take from the environment. */

export interface PropertySettings {
  /** Number of the first pair; each number is the same pair on every machine. */
  readonly first: number;
  readonly pairs: number;
}

/** MIGRATOR_PROPERTY_SEED: the first pair. MIGRATOR_PROPERTY_PAIRS: how many. Otherwise the usual ones. */
export function propertySettings(usual: PropertySettings): PropertySettings {
  return {
    first: positive('MIGRATOR_PROPERTY_SEED') ?? usual.first,
    pairs: positive('MIGRATOR_PROPERTY_PAIRS') ?? usual.pairs,
  };
}

function positive(variable: string): number | undefined {
  const value = Number(process.env[variable]);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
