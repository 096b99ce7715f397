/** The line that says what goes on: redrawn on a terminal, now and then a new one in a log. */
import type { WriteStream } from 'node:tty';
import type { Progress } from '../run/run-tools';

const LOG_EVERY_MS = 15_000;

export interface LiveProgress {
  step(message: string): void;
  show(progress: Progress): void;
  end(): void;
}

export function liveProgress(stream: Pick<WriteStream, 'write' | 'isTTY'>): LiveProgress {
  let isLineOpen = false;
  let loggedAt = 0;
  const end = () => {
    if (isLineOpen) stream.write('\n');
    isLineOpen = false;
  };
  return {
    end,
    step(message) {
      end();
      stream.write(`${message}\n`);
    },
    show(progress) {
      const line = lineOf(progress);
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${line}`);
        isLineOpen = true;
      } else if (Date.now() - loggedAt >= LOG_EVERY_MS) {
        loggedAt = Date.now();
        stream.write(`${line}\n`);
      }
    },
  };
}

function lineOf(progress: Progress): string {
  const { elapsedMs, durationMs, faults, plannedFaults, lastFault, writes, unconfirmed } = progress;
  const { name, target } = lastFault?.planned ?? { name: 'none yet', target: undefined };
  return [
    `${clock(elapsedMs)} of ${clock(durationMs)}`,
    `fault ${faults} of ${plannedFaults}: ${[name, target].filter(Boolean).join(' ')}`,
    `writes ${writes.done} done, ${writes.refused} refused, ${writes['not-sent']} not sent, ${writes.unknown} unknown`,
    `${unconfirmed} event(s) on their way`,
  ].join(' | ');
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
