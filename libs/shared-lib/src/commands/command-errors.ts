/**
 * How a command can end without being done. Three classes, because a sender must do three different things:
 *
 *   CommandRefused     the service decided no, and would decide no again: give up, take back what was done before
 *   CommandUnanswered  nobody knows whether it was done: send it again with the same key
 *   CommandError       a program is wrong: nothing was done, and sending it again changes nothing until it is mended
 *
 * CommandRefusal and CommandPostponed are the other side of the first two: what a handler throws.
 */

/** Thrown by a handler: the command is not done, its changes are rolled back, and the answer is kept for this key. */
export class CommandRefusal extends Error {
  override readonly name = 'CommandRefusal';

  /** @param code stable, for programs: `TEAM_NOT_FOUND`; at most 100 characters */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Thrown by a handler: it cannot decide yet, because it waits for an event, say. Rolled back like any failure, but expected:
 * the sender is told why, and sends it again.
 */
export class CommandPostponed extends Error {
  override readonly name = 'CommandPostponed';
}

/** Thrown to the sender: the service decided no. Final. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export type UnansweredReason =
  /** The service, or the way to it, took too long. */
  | 'timeout'
  /** No process of the service listens. */
  | 'no-responders'
  /** There is no connection to NATS. */
  | 'connection'
  /** The service answered that it could not decide: its database was away, or its handler failed. */
  | 'failed';

/** Thrown to the sender: whether it was done is not known. Send it again with the same key. */
export class CommandUnanswered extends Error {
  override readonly name = 'CommandUnanswered';
  readonly code = 'COMMAND_UNANSWERED';

  constructor(
    readonly reason: UnansweredReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Stable names of what can be wrong with a command itself. */
export type CommandErrorCode =
  /** The request is not what the contract says. */
  | 'COMMAND_REQUEST_INVALID'
  /** The reply is not what the contract says. */
  | 'COMMAND_REPLY_INVALID'
  /** The key was used for another command, or for the same with another request. */
  | 'COMMAND_KEY_REUSED'
  | 'COMMAND_KEY_INVALID'
  | 'COMMAND_TOO_LARGE'
  /** It was first sent so long ago that the service may have forgotten that it did it. */
  | 'COMMAND_EXPIRED'
  /** The message is no command or no answer of ours. */
  | 'COMMAND_MALFORMED';

/** A command that cannot be understood or accepted, however often it is sent. Nothing was done. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly code: CommandErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
