import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { usePlatform } from './use-platform';

/** Where sh finds curl, date and sleep. */
const SYSTEM_PROGRAMS = ['/usr/local/bin', '/usr/bin', '/bin', '/opt/homebrew/bin'];
const SCRIPT = join(__dirname, '../../../../docs/first-club.sh');

const { client, start } = usePlatform();

it('lets the README’s script found a club, and the training-service accept its player', async () => {
  const [users, training] = await Promise.all([start('user'), start('training')]);
  const { stdout } = await promisify(execFile)('sh', [SCRIPT], {
    env: {
      PATH: [dirname(process.execPath), ...SYSTEM_PROGRAMS].join(':'),
      USER_SERVICE_URL: users,
      TRAINING_SERVICE_URL: training,
    },
  });
  const [, assignmentId] = /workout-assignments\/(\S+)/.exec(stdout)!;
  const assignment = await fetch(`${training}/workout-assignments/${assignmentId}`);
  const [, playerId] = /^player\s+(\S+)/m.exec(stdout)!;
  expect(await assignment.json()).toMatchObject({ playerId, status: 'assigned' });
  const { rows } = await client('training').query('SELECT * FROM "known_users" WHERE "id" = $1', [playerId]);
  expect(rows).toEqual([expect.objectContaining({ first_name: 'Mia', deleted_at: null })]);
});
