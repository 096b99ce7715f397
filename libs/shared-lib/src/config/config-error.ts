/** One thing that is wrong with one environment variable. */
export interface ConfigFault {
  /** Name of the environment variable. */
  readonly variable: string;
  /** What is wrong and what would be right. Never the value: it may be a secret. */
  readonly problem: string;
}

/** The environment cannot be used. Lists every fault, so that one look is enough to mend them all. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';

  constructor(
    readonly faults: readonly ConfigFault[],
    /** What to do about it, when that is more than mending the variables. */
    readonly advice?: string,
    options?: ErrorOptions,
  ) {
    const lines = faults.map(({ variable, problem }) => `  ${variable}: ${problem}`);
    super(['The configuration is not usable:', ...lines, ...(advice ? [advice] : [])].join('\n'), options);
    this.name = 'ConfigError';
  }
}
