/**
 * A verb as an Nx batch executor: one process for all the tasks of a run, each service's result told as soon as it is
 * known. Nx forks the process, so whatever it prints goes through a pipe.
 */
import { Readable } from 'node:stream';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { toReportedError } from '../errors';
import type { RunEvent } from '../model';
import { standardOutput, wantsJson } from '../output/output';
import { configFromNx } from './nx-context';
import type { Verb, VerbResult } from './verb';

type Task = TaskGraph['tasks'][string];

export interface TaskResult {
  readonly task: string;
  readonly result: { readonly success: boolean; readonly terminalOutput: string };
}

export type Batch<Options> = (
  taskGraph: TaskGraph,
  inputs: Record<string, Options>,
  overrides: unknown,
  context: ExecutorContext,
) => AsyncGenerator<TaskResult>;

export function nxBatch<Options extends object>(verb: Verb<Options>): Batch<Options> {
  return async function* (taskGraph, inputs, _overrides, context) {
    const tasks = new Map(Object.values(taskGraph.tasks).map((task) => [task.target.project, task]));
    const asked = askedFor([...tasks.values()]);
    const options = inputs[asked[0]!.id]!;
    const ended = new Readable({ objectMode: true, read: () => undefined });
    const outcome = verb({
      config: configFromNx(context),
      services: asked.map((task) => task.target.project),
      options,
      output: standardOutput({ json: wantsJson(options), interactive: false }),
      onEvent: announceTo(ended),
    })
      .catch((error: unknown) => failedAsAWhole([...tasks.keys()], error))
      .finally(() => ended.push(null));
    for await (const service of ended as AsyncIterable<string>) {
      const task = tasks.get(service);
      tasks.delete(service);
      if (task) yield { task: task.id, result: { success: true, terminalOutput: '' } };
    }
    const { exitCode, failures } = await outcome;
    for (const [service, task] of tasks) {
      const failure = failures.get(service);
      const success = failure === undefined && (exitCode === 0 || failures.size > 0);
      yield { task: task.id, result: { success, terminalOutput: failure ? `${firstLine(failure)}\n` : '' } };
    }
  };
}

/** Nx prints it once more below; the whole of it stands in the report already. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** Tells the services that ended well; what failed is told at the end, with its reasons. */
function announceTo(ended: Readable): (event: RunEvent) => void {
  const failed = new Set<string>();
  return (event) => {
    if (event.type === 'step-ended' && event.report.error) failed.add(event.report.service);
    if (event.type === 'service-ended' && !failed.has(event.service)) ended.push(event.service);
  };
}

/**
 * The tasks of the command line, without those that Nx added because they depend on each other: only the former carry
 * the command line's options.
 */
function askedFor(tasks: readonly Task[]): Task[] {
  const weight = (task: Task) => JSON.stringify(task.overrides).length;
  const most = Math.max(...tasks.map(weight));
  return tasks.filter((task) => weight(task) === most);
}

function failedAsAWhole(services: readonly string[], error: unknown): VerbResult {
  const { message } = toReportedError(error);
  process.stderr.write(`${message}\n`);
  return { exitCode: 1, failures: new Map(services.map((service) => [service, message])) };
}
