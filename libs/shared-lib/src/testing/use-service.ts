import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import type { ServiceDatabase } from '../database/data-source';
import type { Body } from './body';
import { createMigratedDatabase } from './migrated-database';
import { createTestApp } from './test-app';
import type { TestDatabase } from './test-database';

/** A service behind HTTP, on a migrated database of its own. */
export interface ServiceContext {
  readonly http: () => ReturnType<typeof request>;
  readonly dataSource: () => DataSource;
  /** Everything the application logged so far. */
  readonly log: () => string;
  /** POSTs what must be accepted, and returns the resource. */
  readonly post: (path: string, fields: object) => Promise<Body>;
}

/**
 * Registers the hooks; what is returned works once the first test has begun.
 *
 * @param nats of `useNats`, called before; without it the service sends and receives nothing
 */
export function useService(
  module: Type,
  source: ServiceDatabase,
  nats?: () => { readonly url: string },
): ServiceContext {
  let database: TestDatabase | undefined;
  let app: NestExpressApplication | undefined;
  const lines: string[] = [];

  beforeAll(async () => {
    database = await createMigratedDatabase(source);
    const log = { write: (line: string) => void lines.push(line) };
    app = await createTestApp(module, { database, nats: nats?.(), service: source.service, log });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const http = () => request(app!.getHttpServer());
  return {
    http,
    dataSource: () => app!.get(DataSource),
    log: () => lines.join(''),
    post: async (path, fields) => (await http().post(path).send(fields).expect(201)).body as Body,
  };
}
