import { serviceDatabaseVariable } from './service-database-variable';

test('names the variable of a service', () => {
  expect(serviceDatabaseVariable('user-service')).toBe('USER_SERVICE_DATABASE_URL');
});
