import { createMigratedDatabase, createTestApp, type TestDatabase } from '@hockey-hub/shared-lib/src/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AppModule } from '../../src/app.module';
import { userDatabase } from '../../src/user-database';

/** An id that no row has. */
export const NOBODY = '019aa000-0000-7000-8000-ffffffffffff';

/** What a resource looks like to a client. */
export type Body = Record<string, unknown> & { id: string };

/** The service behind HTTP, on a migrated database of its own. */
export interface AppContext {
  readonly http: () => ReturnType<typeof request>;
  readonly dataSource: () => DataSource;
  /** Everything the application logged so far. */
  readonly log: () => string;
  /** POSTs a valid resource with the given differences, and returns it. */
  readonly create: Record<'organization' | 'team' | 'user', (fields?: object) => Promise<Body>>;
  /** Id of a system role. */
  readonly roleId: (name: string) => Promise<string>;
}

/** Registers the hooks; what is returned works once the first test has begun. */
export function useApp(): AppContext {
  let database: TestDatabase | undefined;
  let app: NestExpressApplication | undefined;
  const lines: string[] = [];

  beforeAll(async () => {
    database = await createMigratedDatabase(userDatabase);
    const log = { write: (line: string) => void lines.push(line) };
    app = await createTestApp(AppModule, { database, service: 'user-service', log });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const http = () => request(app!.getHttpServer());
  const post = async (path: string, fields: object): Promise<Body> =>
    (await http().post(path).send(fields).expect(201)).body as Body;
  const create = {
    organization: (fields = {}) => post('/organizations', { ...organization(), ...fields }),
    team: async (fields: object = {}) => {
      const organizationId = 'organizationId' in fields ? undefined : (await create.organization()).id;
      return post('/teams', { ...team(organizationId), ...fields });
    },
    user: (fields = {}) => post('/users', { ...user(), ...fields }),
  };
  const roleId = async (name: string): Promise<string> => {
    const roles = (await http().get('/roles').expect(200)).body as { id: string; name: string }[];
    return roles.find((role) => role.name === name)!.id;
  };
  return { http, dataSource: () => app!.get(DataSource), log: () => lines.join(''), create, roleId };
}

/** A valid organization to POST. */
export const organization = () => ({ name: 'EHC Oberland', subdomain: `x-${uuidv7()}` });

/** A valid team to POST. */
export const team = (organizationId?: string) => ({
  organizationId,
  name: 'Lions',
  teamType: 'youth',
  season: '2026-2027',
});

/** A valid user to POST. */
export const user = () => ({
  email: `x-${uuidv7()}@example.com`,
  password: 'correct horse battery',
  firstName: 'Mia',
  lastName: 'Keller',
});

/** The fields a 400 complains about, each once, in order. */
export function faultyFields(body: { errors?: { field: string }[] }): string[] {
  return [...new Set((body.errors ?? []).map(({ field }) => field))].sort();
}
