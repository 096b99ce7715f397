import { readAs } from '../validation/read-as';
import { OutboxError } from './outbox-error';

/** What another service's request says. @throws OutboxError REQUEST_INVALID */
export function asked<Body extends object>(bodyClass: new () => Body, body: unknown): Body {
  const read = readAs(bodyClass, body);
  if (!read.faults) return read.value;
  throw new OutboxError('REQUEST_INVALID', `a request of another service is none: ${read.faults.join('; ')}`);
}
