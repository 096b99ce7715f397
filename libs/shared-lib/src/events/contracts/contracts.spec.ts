import { checked, EventRegistry } from '../event-registry';
import type { AggregateContract } from '../aggregate-contract';
import {
  ORGANIZATION,
  PLATFORM_EVENTS,
  TEAM,
  TEAM_MEMBERSHIP,
  TEAM_MEMBERSHIP_DELETED,
  USER,
  USER_CREATED,
  USER_ID_MAPS,
  WORKOUT_SESSION,
} from '.';

const ID = '019aa000-0000-7000-8000-000000000001';
const MOMENT = new Date('2026-11-22T20:00:00Z').toISOString();
const STATES: readonly (readonly [AggregateContract, object])[] = [
  [ORGANIZATION, { name: 'IFK', isActive: true }],
  [TEAM, { organizationId: ID, name: 'U14', season: '2026-2027', isActive: true }],
  [USER, { firstName: 'Saku', lastName: 'Koivu', isActive: true }],
  [TEAM_MEMBERSHIP, { teamId: ID, userId: ID, joinedAt: MOMENT, leftAt: null }],
  [WORKOUT_SESSION, { teamId: ID, title: 'Legs', status: 'scheduled', scheduledAt: MOMENT }],
];
const registry = new EventRegistry(PLATFORM_EVENTS);

it('declares what happens to each aggregate', () => {
  const ofRows = STATES.flatMap(([{ service, aggregate }]) =>
    ['created', 'deleted', 'updated'].map((verb) => `${service}.${aggregate}.${verb}.v1`),
  );
  const ofIdMaps = [USER_ID_MAPS.filled, USER_ID_MAPS.made].map(({ subject }) => subject);
  expect(registry.contracts.map(({ subject }) => subject).sort()).toEqual([...ofRows, ...ofIdMaps].sort());
});

it.each(STATES.map(([aggregate, state]) => [aggregate.aggregate, aggregate, state] as const))(
  'brings the state of %s through JSON unchanged, and needs all of it',
  (_name, { service, aggregate }, state) => {
    const subject = `${service}.${aggregate}.updated.v1`;
    const { data } = registry.read(subject, JSON.parse(JSON.stringify(state)));
    expect({ ...data }).toEqual(state);
    for (const [property, value] of Object.entries(state)) {
      if (value === null) continue;
      const without = { ...state, [property]: 7 };
      expect(() => registry.read(subject, without)).toThrow(`${subject}: ${property} breaks`);
    }
  },
);

it('says nothing of a person that nobody has to know', () => {
  const user = { firstName: 'Saku', lastName: 'Koivu', isActive: true };
  const secrets = { passwordHash: '$argon2id$', email: 'saku@example.com', phone: '+358401234567' };
  expect({ ...checked(USER_CREATED, { ...user, ...secrets }) }).toEqual(user);
});

it('says whose membership was deleted', () => {
  const deleted = { teamId: ID, userId: ID, deletedAt: MOMENT };
  expect({ ...checked(TEAM_MEMBERSHIP_DELETED, deleted) }).toEqual(deleted);
});
