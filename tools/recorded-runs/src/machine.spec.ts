import { hostname, userInfo } from 'node:os';
import { hardwareText, machineText } from './machine';

it('tells what a run was made on, and neither host nor user', () => {
  const text = machineText(18);
  expect(text).toMatch(
    /^\d+ cores \(.+\), \d+ GiB of memory, \w+ [\d.]+ \w+, Node \d+\.\d+\.\d+, Postgres 18$/,
  );
  expect(text.split(/\W+/)).not.toContain(hostname());
  expect(text.split(/\W+/)).not.toContain(userInfo().username);
});

it('is the same sentence everywhere', () => {
  expect(hardwareText({ processor: 'Abacus', cores: 2, memoryGiB: 8, system: 'linux 6 x64' })).toBe(
    '2 cores (Abacus), 8 GiB of memory, linux 6 x64',
  );
});
