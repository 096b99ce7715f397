/** Pure: whether everything that was to be sent was sent, and all that came was worked through. */
import type { DeadLetterRow, ServiceEvidence } from './evidence';
import type { Finding } from './finding';

/** @param provoked messages that the test itself sent to be refused, in hexadecimal digits */
export function checkLeftovers(
  services: readonly ServiceEvidence[],
  provoked: ReadonlySet<string> = new Set(),
): Finding[] {
  return services.flatMap(({ service, outboxRows, inboxRows, deadLetters }) => [
    ...left(
      service,
      outboxRows,
      'event(s) in outbox_events: not published, or not confirmed by every subscriber',
    ),
    ...left(service, inboxRows, 'event(s) in inbox_events: received, and not processed'),
    ...deadLetters.filter(({ message }) => !provoked.has(message)).map((letter) => died(service, letter)),
  ]);
}

function left(service: string, count: number, what: string): Finding[] {
  return count === 0 ? [] : [{ promise: 'nothing-left', about: service, detail: `${count} ${what}` }];
}

function died(service: string, { id, subject, code, error }: DeadLetterRow): Finding {
  return {
    promise: 'nothing-left',
    about: `${service}, dead letter ${id}`,
    detail: `${subject}: ${code}: ${error}`,
  };
}
