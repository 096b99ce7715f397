import { eventually, useNats } from '../../testing';
import { useTwoServices } from '../specimen/use-two-services';

jest.setTimeout(60_000);

const world = useTwoServices(useNats());

/** As a version of the service wrote it that had another listener. */
function wrote(id: string, age: string): Promise<unknown> {
  return world.ask(
    'owner',
    `INSERT INTO outbox_events
       (aggregate, aggregate_id, sequence, id, type, partition, data, occurred_at, published_at, publishes, awaiting)
     VALUES ('squad', $1, 1, gen_random_uuid(), 'club-service.squad.changed.v1', 0, '{"name":"a","size":1}',
             now() - $2::interval, now() - interval '1 minute', 1, '{other-service}')`,
    [id, age],
  );
}

test('who does not subscribe is awaited for a day, since a newer version may know better, and not longer', async () => {
  await wrote('old', '25 hours');
  await wrote('new', '23 hours');
  await world.startOwner();
  const left = async () =>
    (await world.ask<{ id: string }>('owner', `SELECT aggregate_id AS id FROM outbox_events`)).map(
      ({ id }) => id,
    );
  await eventually('the old one goes', async () => !(await left()).includes('old'), 10_000);
  expect(await left()).toEqual(['new']);
});
