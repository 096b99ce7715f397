/** A verb as an ordinary Nx executor: one service, the process of its task. */
import type { ExecutorContext } from '@nx/devkit';
import { toReportedError } from '../errors';
import { standardOutput, wantsJson } from '../output/output';
import { configFromNx, projectOf } from './nx-context';
import type { Verb } from './verb';

export type Executor<Options> = (options: Options, context: ExecutorContext) => Promise<{ success: boolean }>;

export function nxExecutor<Options extends object>(verb: Verb<Options>): Executor<Options> {
  return async (options, context) => {
    const config = configFromNx(context);
    const output = standardOutput({ json: wantsJson(options), interactive: config.interactive });
    try {
      const { exitCode } = await verb({ config, services: [projectOf(context)], options, output });
      return { success: exitCode === 0 };
    } catch (error) {
      process.stderr.write(`${toReportedError(error).message}\n`);
      return { success: false };
    }
  };
}
