/**
 * What tests of every service share: databases of their own, and the application as production builds it.
 *
 * Not part of the library's public face, so that no service can import it by accident in production.
 */
export { createMigratedDatabase, testDatabaseConfig, type MigratedDatabaseSource } from './migrated-database';
export { createTestDatabase, type TestDatabase } from './test-database';
export { createTestApp, type TestAppSettings } from './test-app';
