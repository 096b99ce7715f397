/** The service that refers to the ids is as early as its migrations allow: done with everything before the owner has switched. */
import { PlatformOverDays } from './platform-over-days';

const PATIENCE_MS = 10 * 60 * 1_000;
let platform: PlatformOverDays;
beforeAll(async () => {
  platform = await PlatformOverDays.start();
}, PATIENCE_MS);
afterAll(() => platform?.end());

test(
  'the other service begins before the owner, and forgets numbers that the owner still lives by',
  async () => {
    await platform.migrate('training-service', 'AddUuidColumns');
    await platform.daysPass();
    await platform.migrate('user-service', 'AddUuidColumns');
    await platform.migrate('user-service', 'GenerateUuids');
    await platform.daysPass();
    await platform.migrate('training-service', 'GenerateUuids');
    await platform.migrate('training-service', 'UpdateReferences');
    await platform.migrate('training-service', 'SwitchPrimaryKeys');
    await platform.deploy('training-service', 'new');
    await platform.deploy('training-service', 'old');
    await platform.deploy('training-service', 'new');
    await platform.migrate('training-service', 'RemoveNumericIds');
    await platform.daysPass();

    await platform.migrate('user-service', 'UpdateReferences');
    await platform.daysPass();
    await platform.deploy('user-service', 'new');
    await platform.migrate('user-service', 'SwitchPrimaryKeys');
    await platform.daysPass();
    await platform.deploy('user-service', 'old');
    await platform.deploy('user-service', 'new');
    await platform.migrate('user-service', 'RemoveNumericIds');
    await platform.daysPass();
    expect(platform.errorsSeen()).toEqual([]);
  },
  PATIENCE_MS,
);
