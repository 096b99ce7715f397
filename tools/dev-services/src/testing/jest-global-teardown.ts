import { takeServer } from './jest-server';

/** Stops and removes the server of the Jest run. */
export default async function tearDown(): Promise<void> {
  await takeServer()?.stop();
}
