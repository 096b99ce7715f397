import type { ServiceDatabase } from '../database/data-source';
import { databaseUrlVariableOf } from '../database/database-url';
import { createMigratedDatabase } from './migrated-database';
import { startService, type ServiceProcess } from './service-process';
import type { TestDatabase } from './test-database';

/** Nobody listens there: a service boots and answers whether NATS is up or not. */
const NATS_URL = 'nats://127.0.0.1:1';

/**
 * Registers the tests that a service, as a process of its own, starts and ends as it should.
 *
 * @param main path of the service's main.ts
 * @param list path of one of its lists
 */
export function itBoots(source: ServiceDatabase, main: string, list: string): void {
  const variable = databaseUrlVariableOf(source.service);
  let database: TestDatabase | undefined;
  let service: ServiceProcess | undefined;

  beforeAll(async () => {
    database = await createMigratedDatabase(source);
  });
  afterEach(async () => {
    service?.child.kill('SIGKILL');
    await service?.ended;
  });
  afterAll(() => database?.drop());

  it('boots on the migrated database, serves, and ends when told to', async () => {
    service = startService(main, { [variable]: database!.url, NATS_URL, PORT: '0' });
    const listening = await service.logged('listening');
    const base = `http://127.0.0.1:${String(listening?.['port'])}`;
    expect((await fetch(`${base}/health/ready`)).status).toBe(200);
    expect((await fetch(`${base}/docs`)).status).toBe(200);
    expect((await fetch(`${base}${list}`)).status).toBe(200);

    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
  });

  it('says which variables are missing, and ends with 1', async () => {
    service = startService(main, {});
    expect(await service.ended).toBe(1);
    const fatal = service.lines.find(({ level }) => level === 'fatal');
    expect(fatal?.['msg']).toContain(variable);
  });
}
