import { defineAggregate } from './aggregate-contract';
import { defineEvent } from './event-contract';

class TeamState {}

it('gives its events their names', () => {
  const team = defineAggregate({ service: 'user-service', aggregate: 'team', state: TeamState });
  expect(defineEvent({ ...team, verb: 'created', data: TeamState }).subject).toBe(
    'user-service.team.created.v1',
  );
});

it.each([
  ['User', 'team'],
  ['user-service', 'team.name'],
  ['user-service', '*'],
  ['', 'team'],
])('refuses %j, %j as names', (service, aggregate) => {
  expect(() => defineAggregate({ service, aggregate, state: TeamState })).toThrow(RangeError);
});
