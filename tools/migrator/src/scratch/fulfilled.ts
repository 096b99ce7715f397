/** What one of several promises came to, once all of them have ended. @throws why it was rejected */
export function fulfilled<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
