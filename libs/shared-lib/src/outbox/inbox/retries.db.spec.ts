import { eventually, useNats } from '../../testing';
import { useTwoServices } from '../specimen/use-two-services';

jest.setTimeout(60_000);

const world = useTwoServices(useNats());
const juniors = { name: 'juniors', size: 20 };

test('several processes that fail at one event count its attempts once each, and no more than are allowed', async () => {
  const { owner } = await world.startOwner();
  const settings = { maxAttempts: 5, firstRetryMs: 200, longestRetryMs: 200 };
  await Promise.all([1, 2, 3, 4].map(() => world.startListener({ settings })));
  await world.joined();
  await world.ask(
    'listener',
    `CREATE FUNCTION refuse_slowly() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN PERFORM pg_sleep(0.5); RAISE EXCEPTION 'thought about it, and no'; END $$`,
  );
  await world.ask(
    'listener',
    `CREATE TRIGGER refuse_slowly BEFORE INSERT ON squads FOR EACH ROW EXECUTE FUNCTION refuse_slowly()`,
  );
  await owner.save('a', juniors);
  await eventually(
    'it is a dead letter',
    async () => (await world.ask('listener', 'SELECT FROM dead_letters')).length === 1,
  );
  expect(await world.ask('listener', 'SELECT attempts FROM dead_letters')).toEqual([{ attempts: 5 }]);
});
