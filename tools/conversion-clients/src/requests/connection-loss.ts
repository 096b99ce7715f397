/** A code of the network, such as EPIPE, has no digit. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/**
 * Whether nobody knows if the statement was committed: the connection broke, or the server took it away. Anything else that
 * Postgres says means that nothing happened.
 * @param code as in a request log: a SQLSTATE, or a code of the network
 */
export function isConnectionLoss(code: string): boolean {
  return !SQLSTATE.test(code) || code.startsWith('08') || code.startsWith('57P');
}
