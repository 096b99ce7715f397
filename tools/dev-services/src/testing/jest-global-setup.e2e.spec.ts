import { currentEnvironment } from '../config';
import { query } from './query';

/** The setup has run by now: the jest preset names it. */
test('tests find a throw-away server in TEST_DATABASE_URL', async () => {
  const url = currentEnvironment()['TEST_DATABASE_URL'] ?? '';
  expect(await query(url, 'SHOW fsync')).toEqual([{ fsync: 'off' }]);
});
