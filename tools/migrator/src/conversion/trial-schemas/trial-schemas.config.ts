/** What the property of random schemas takes from the environment. */

export interface TrialSettings {
  /** Number of the first schema; each number is the same schema on every machine. */
  readonly first: number;
  readonly schemas: number;
}

/** CONVERSION_PROPERTY_SEED: the first schema. CONVERSION_PROPERTY_SCHEMAS: how many. Otherwise a new seed, and so many as CI has time for. */
export function trialSettings(usualSchemas: number): TrialSettings {
  return {
    first: positive('CONVERSION_PROPERTY_SEED') ?? Math.floor(Math.random() * 1_000_000) + 1,
    schemas: positive('CONVERSION_PROPERTY_SCHEMAS') ?? usualSchemas,
  };
}

function positive(variable: string): number | undefined {
  const value = Number(process.env[variable]);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
