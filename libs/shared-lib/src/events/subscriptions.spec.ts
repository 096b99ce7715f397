import { PLATFORM_EVENTS, TEAM, USER, WORKOUT_SESSION } from './contracts';
import { SUBSCRIPTIONS, subscribersOf, subscriptionsOf } from './subscriptions';

it('finds who listens to an aggregate, whichever object names it', () => {
  expect(subscribersOf(TEAM)).toEqual(['training-service']);
  expect(subscribersOf({ service: 'training-service', aggregate: 'workout-session' })).toEqual([
    'user-service',
  ]);
  const both = { 'planning-service': [USER], 'calendar-service': [WORKOUT_SESSION, USER] };
  expect(subscribersOf(USER, both)).toEqual(['calendar-service', 'planning-service']);
});

it('finds nobody for what nobody listens to', () => {
  expect(subscribersOf({ service: 'user-service', aggregate: 'jersey' })).toEqual([]);
  expect(subscriptionsOf('medical-service')).toEqual([]);
});

it('lets nobody listen to itself, nor to what is never published', () => {
  const published = new Set(PLATFORM_EVENTS.map(({ service, aggregate }) => `${service}.${aggregate}`));
  for (const [listener, aggregates] of Object.entries(SUBSCRIPTIONS)) {
    for (const { service, aggregate } of aggregates) {
      expect(service).not.toBe(listener);
      expect(published).toContain(`${service}.${aggregate}`);
    }
  }
});
