/** The service that owns the ids goes as far as it can, for days, before the one that refers to them begins. */
import { PlatformOverDays } from './platform-over-days';

const PATIENCE_MS = 10 * 60 * 1_000;
let platform: PlatformOverDays;
beforeAll(async () => {
  platform = await PlatformOverDays.start();
}, PATIENCE_MS);
afterAll(() => platform?.end());

test(
  'the owner switches before the other service has begun, and code goes forth and back in between',
  async () => {
    for (const phase of ['AddUuidColumns', 'GenerateUuids', 'UpdateReferences'] as const) {
      await platform.migrate('user-service', phase);
    }
    await platform.daysPass();
    await platform.migrate('user-service', 'SwitchPrimaryKeys');
    // Numbers after the switch, and UUIDs; and the deployment is rolled back once.
    await platform.daysPass();
    await platform.deploy('user-service', 'new');
    await platform.daysPass();
    await platform.deploy('user-service', 'old');
    await platform.deploy('user-service', 'new');

    for (const phase of ['AddUuidColumns', 'GenerateUuids', 'UpdateReferences'] as const) {
      await platform.migrate('training-service', phase);
    }
    await platform.daysPass();
    await platform.deploy('training-service', 'new');
    await platform.migrate('training-service', 'SwitchPrimaryKeys');
    await platform.deploy('training-service', 'old');
    await platform.deploy('training-service', 'new');
    await platform.migrate('training-service', 'RemoveNumericIds');
    await platform.daysPass();
    await platform.migrate('user-service', 'RemoveNumericIds');
    await platform.daysPass();
    expect(platform.errorsSeen()).toEqual([]);
  },
  PATIENCE_MS,
);
