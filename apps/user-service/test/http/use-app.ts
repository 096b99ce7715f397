import { useService, type Body, type ServiceContext } from '@hockey-hub/shared-lib/src/testing';
import { v7 as uuidv7 } from 'uuid';
import { AppModule } from '../../src/app.module';
import { userDatabase } from '../../src/user-database';

/** The user-service behind HTTP. */
export interface AppContext extends ServiceContext {
  /** POSTs a valid resource with the given differences, and returns it. */
  readonly create: Record<'organization' | 'team' | 'user', (fields?: object) => Promise<Body>>;
  /** Id of a system role. */
  readonly roleId: (name: string) => Promise<string>;
}

/** Registers the hooks; what is returned works once the first test has begun. */
export function useApp(): AppContext {
  const service = useService(AppModule, userDatabase);
  const { http, post } = service;
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
  return { ...service, create, roleId };
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
