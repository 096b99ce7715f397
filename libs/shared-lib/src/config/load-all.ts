import { ConfigError, type ConfigFault } from './config-error';

type Readers = readonly (() => unknown)[];
type Results<R extends Readers> = { [K in keyof R]: R[K] extends () => infer T ? T : never };

/**
 * Reads several configurations, and reports the faults of all of them together.
 *
 * @throws ConfigError with every reader's faults. What is no ConfigError is thrown as it is.
 */
export function loadAll<R extends Readers>(...readers: R): Results<R> {
  const faults: ConfigFault[] = [];
  const advice: string[] = [];
  const results = readers.map((read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.push(...error.faults);
      if (error.advice) advice.push(error.advice);
      return undefined;
    }
  });
  if (faults.length > 0) throw new ConfigError(faults, advice.join('\n') || undefined);
  // Without a fault every reader has returned what it promised.
  return results as Results<R>;
}
