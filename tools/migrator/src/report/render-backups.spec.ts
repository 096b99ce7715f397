import { renderPlannedBackups } from './render-backups';

it('says what would be backed up and how, and what stands in the way', () => {
  expect(
    renderPlannedBackups([
      { service: 'user-service', database: 'users', how: 'pg_dump 18.1' },
      { service: 'training-service', database: 'training', how: 'a copy', obstacle: '  psql\nStop it.' },
    ]),
  ).toBe(
    'Would first back up user-service: users (pg_dump 18.1).\n' +
      'Would first back up training-service: training (a copy). As things are it would stop, because it is used by:\n' +
      '  psql\nStop it.',
  );
});
