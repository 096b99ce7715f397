/** A run on a terminal: one line a service, redrawn as it goes on. Listr2 draws; this translates. */
import type { ListrTaskWrapper } from 'listr2';
import type { Direction, Plan, RunEvent } from '../model';
import { progressLine } from '../report/progress';

// The renderers play no part in the few calls made on a task here.
type Line = Pick<ListrTaskWrapper<unknown, never, never>, 'title' | 'output'>;

interface ServiceLine {
  readonly ended: Promise<void>;
  end(error?: Error): void;
  line?: Line;
  done: number;
  readonly total: number;
}

export function liveProgress(direction: Direction): (event: RunEvent) => void {
  let lines = new Map<string, ServiceLine>();
  return (event) => {
    if (event.type === 'run-started') {
      lines = draw(event.plan);
      return;
    }
    const text = progressLine(event, direction);
    const service = lines.get(serviceOf(event));
    if (!service) {
      if (text !== undefined) process.stdout.write(`${text}\n`);
      return;
    }
    advance(service, event, text);
  };
}

function advance(service: ServiceLine, event: RunEvent, text: string | undefined): void {
  const { line } = service;
  if (event.type === 'step-ended') {
    if (event.report.status === 'failed' || event.report.status === 'skipped') {
      service.end(new Error(text));
      return;
    }
    service.done++;
  }
  if (event.type === 'service-ended') service.end();
  if (!line) return;
  line.title = `${serviceOf(event)}  ${service.done}/${service.total}`;
  line.output = event.type === 'step-started' ? event.step.migration : (text ?? '');
}

function serviceOf(event: RunEvent): string {
  switch (event.type) {
    case 'run-started':
      return '';
    case 'step-started':
    case 'step-retried':
      return event.step.service;
    case 'step-ended':
      return event.report.service;
    default:
      return event.service;
  }
}

function draw(plan: Plan): Map<string, ServiceLine> {
  const services = [...new Set(plan.steps.map((step) => step.service))];
  const lines = new Map(services.map((service) => [service, serviceLine(service, plan)]));
  void import('listr2').then(({ Listr }) =>
    new Listr(
      [...lines].map(([service, state]) => ({
        title: `${service}  0/${state.total}`,
        task: (_: unknown, line: Line) => {
          state.line = line;
          return state.ended;
        },
      })),
      { concurrent: true, exitOnError: false },
    ).run(),
  );
  return lines;
}

function serviceLine(service: string, plan: Plan): ServiceLine {
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve());
  });
  // Listr attaches its handler a moment later; until then a failure is not unhandled.
  ended.catch(() => undefined);
  const total = plan.steps.filter((step) => step.service === service).length;
  return { ended, end, done: 0, total };
}
