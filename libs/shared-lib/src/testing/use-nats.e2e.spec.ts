import { connect } from 'nats';
import { connectionOptions } from '../nats/connection-options';
import { useNats } from './use-nats';

const nats = useNats();

/** @returns how many streams there are, after one more was made */
async function makeStream(name: string): Promise<number> {
  const connection = await connect(connectionOptions(nats().url, 'test'));
  try {
    const manager = await connection.jetstreamManager();
    await manager.streams.add({ name, subjects: [`${name}.>`] });
    return (await manager.getAccountInfo()).streams;
  } finally {
    await connection.close();
  }
}

test('is a server of its own with JetStream, that a test may kill, start again and rob', async () => {
  expect(await makeStream('first')).toBe(1);
  await nats().kill();
  await nats().restart();
  expect(await makeStream('second')).toBe(2);
  await nats().kill();
  await nats().loseStore();
  await nats().restart();
  expect(await makeStream('third')).toBe(1);
});
