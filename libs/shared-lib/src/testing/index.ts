/**
 * What tests of every service share: databases of their own, the application as production builds it or as a process,
 * rows past the entities, and the rules that every schema keeps.
 *
 * Not part of the library's public face, so that no service can import it by accident in production.
 */
export { faultyFields, idsOf, type Body } from './body';
export { eventually } from './eventually';
export { itBoots } from './it-boots';
export { itKeepsSchemaRules, type ExpectedSchema } from './it-keeps-schema-rules';
export { itRefusesUnknownParameters } from './it-refuses-unknown-parameters';
export { itRefuses, NO_SUCH_VALUE, NOT_NULL, TOO_LONG, twice, type Refusal } from './it-refuses';
export { itReportsReadiness } from './it-reports-readiness';
export { accepts, judge, refuses } from './judge';
export { MESSAGING_TABLES } from './messaging-tables';
export { createMigratedDatabase, testDatabaseConfig, type MigratedDatabaseSource } from './migrated-database';
export { NOBODY } from './nobody';
export { startService, type LogLine, type ServiceProcess } from './service-process';
export { TableRows, type Columns } from './table-rows';
export { createTestApp, type TestAppSettings } from './test-app';
export { createTestDatabase, type TestDatabase } from './test-database';
export { useDatabase, type DatabaseContext } from './use-database';
export { useDataSource, type DataSourceContext } from './use-data-source';
export { useNats } from './use-nats';
export { useRows, type RowsContext } from './use-rows';
export { useService, type ServiceContext } from './use-service';
export { useTracing, type TracingContext } from './use-tracing';
