import type { Type } from '@nestjs/common';
import request from 'supertest';
import type { ServiceDatabase } from '../database/data-source';
import { createTestApp } from './test-app';
import { createTestDatabase } from './test-database';
import type { ServiceContext } from './use-service';

/**
 * Registers the tests that a service is ready once its database is as its code expects it, and not before.
 *
 * @param migrations names of migrations that are pending in an empty database
 */
export function itReportsReadiness(
  { http }: ServiceContext,
  module: Type,
  { service }: Pick<ServiceDatabase, 'service'>,
  migrations: readonly string[],
): void {
  it('is live, and ready once every migration has run', async () => {
    await http().get('/health/live').expect(200);
    const { body } = await http().get('/health/ready').expect(200);
    expect(body).toMatchObject({ status: 'ok' });
  });

  it('is live but not ready while migrations are pending, and names them', async () => {
    const database = await createTestDatabase();
    try {
      const app = await createTestApp(module, { database, service });
      try {
        await request(app.getHttpServer()).get('/health/live').expect(200);
        const { text } = await request(app.getHttpServer()).get('/health/ready').expect(503);
        for (const migration of migrations) expect(text).toContain(migration);
      } finally {
        await app.close();
      }
    } finally {
      await database.drop();
    }
  });
}
