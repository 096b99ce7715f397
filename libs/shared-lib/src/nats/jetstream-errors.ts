import { ErrorCode, NatsError } from 'nats';

/** JetStream's own number for it. https://github.com/nats-io/nats-server/blob/main/server/errors.json */
const STREAM_NOT_FOUND = 10059;

export function isStreamNotFound(error: unknown): boolean {
  return error instanceof NatsError && error.api_error?.err_code === STREAM_NOT_FOUND;
}

/** Whether a publish failed because there is no stream that takes the subject. */
export function isWithoutStream(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.NoResponders;
}
