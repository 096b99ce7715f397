/**
 * Where a verb's words go: standard output, as lines for a log, as lists that redraw themselves for a terminal, or not
 * at all while a program waits for its JSON. The text itself comes from `report`.
 */
import type { Direction, RunEvent } from '../model';
import { liveProgress } from './live-progress';
import { logProgress } from './log-progress';

export interface Output {
  /** A result: a table, a plan, JSON. */
  print(text: string): void;
  /** Takes a run's events as they happen. */
  progress(direction: Direction): (event: RunEvent) => void;
}

export interface OutputOptions {
  readonly json: boolean;
  /** Whether lines on the screen can be redrawn. */
  readonly interactive: boolean;
}

/** Whether a verb's options ask for JSON, as `--json` or `--format json`; not every verb has the option. */
export function wantsJson(options: object): boolean {
  return ('json' in options && options.json === true) || ('format' in options && options.format === 'json');
}

export function standardOutput({ json, interactive }: OutputOptions): Output {
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  return {
    print,
    progress: (direction) => {
      if (json) return () => undefined;
      if (interactive) return liveProgress(direction);
      return logProgress(direction, print);
    },
  };
}
