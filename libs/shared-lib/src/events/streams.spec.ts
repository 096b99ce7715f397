import { streamOf, subjectsOf } from './streams';

it('keeps all that a service publishes in one stream', () => {
  expect(streamOf('user-service')).toMatchObject({ name: 'user-service', subjects: ['user-service.>'] });
});

it('has one subject for all events of an aggregate', () => {
  expect(subjectsOf({ service: 'user-service', aggregate: 'team' })).toBe('user-service.team.>');
});
