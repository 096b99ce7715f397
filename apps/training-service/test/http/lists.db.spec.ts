import { itRefusesUnknownParameters } from '@hockey-hub/shared-lib/src/testing';
import { useApp } from './use-app';

const context = useApp();

describe('every list', () => {
  itRefusesUnknownParameters(context, [
    '/exercise-templates',
    '/player-workout-loads',
    '/session-templates',
    '/workout-assignments',
    '/workout-executions',
    '/workout-sessions',
    '/workout-sessions/{sessionId}/exercises',
  ]);
});

it('links to the next page of a search, whatever was searched for', async () => {
  const { http, create } = context;
  for (const name of ['Push & pull, easy', 'Push & pull, hard']) await create.sessionTemplate({ name });
  await create.sessionTemplate({ name: 'Push' });
  const first = await http().get('/session-templates').query({ search: 'push & pull', limit: 1 }).expect(200);
  const second = await http().get(first.body.links.next).expect(200);
  expect([...first.body.data, ...second.body.data].map(({ name }) => name)).toEqual([
    'Push & pull, easy',
    'Push & pull, hard',
  ]);
  expect(second.body.links.next).toBeUndefined();
});
