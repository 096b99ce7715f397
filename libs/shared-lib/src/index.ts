/**
 * What every service shares, and nothing else.
 *
 * The rooms: entities (what every row has), config (environment -> typed settings), database (how a service connects),
 * health (live, ready), http (from the socket to the controller and back), validation (decorators of DTOs, and the formats
 * they share with entities). What tests share is `@hockey-hub/shared-lib/src/testing`.
 */
export { CommandClient, type SendOptions, type UndoOptions } from './commands/command-client';
export { defineCommand, type CommandContract } from './commands/command-contract';
export {
  CommandError,
  CommandPostponed,
  CommandRefusal,
  CommandRefused,
  CommandUnanswered,
  type CommandErrorCode,
  type UnansweredReason,
} from './commands/command-errors';
export { COMMAND_MEMORY_MS, forgetProcessedCommands } from './commands/command-retention';
export { CommandsModule } from './commands/commands.module';
export * from './commands/contracts';
export { OnCommand, type CommandContext } from './commands/on-command';
export { CommandOutcome, ProcessedCommand } from './commands/processed-command.entity';
export { ConfigError, type ConfigFault } from './config/config-error';
export { DatabaseConfig, loadDatabaseConfig } from './config/database.config';
export { FromEnv, type VariableType } from './config/from-env';
export { HttpConfig, loadHttpConfig, LOG_LEVELS, type LogLevel } from './config/http.config';
export { loadConfig } from './config/load-config';
export { SecretFields } from './config/secret-fields';
export {
  createDataSource,
  dataSourceOptions,
  MIGRATIONS_TABLE,
  type ServiceDatabase,
  type ServiceDataSourceOptions,
} from './database/data-source';
export { databaseNameOf, databaseUrlVariableOf, resolveDatabaseUrl } from './database/database-url';
export { DatabaseModule } from './database/database.module';
export { SnakeNamingStrategy } from './database/snake-naming-strategy';
export { AuditedEntity } from './entities/audited-entity';
export { BaseEntity } from './entities/base-entity';
export { CrossServiceReference, type CrossServiceTarget } from './entities/cross-service-reference';
export {
  CrossServiceReferenceError,
  crossServiceReferences,
  type CrossServiceReferenceInfo,
} from './entities/cross-service-references';
export { keepNewest, type News } from './entities/keep-newest';
export { keepTombstone } from './entities/keep-tombstone';
export { KnownRow } from './entities/known-row';
export { VersionedEntity } from './entities/versioned-entity';
export { defineAggregate, type AggregateContract } from './events/aggregate-contract';
export * from './events/contracts';
export { SUBSCRIPTIONS, subscribersOf, subscriptionsOf, type Subscriptions } from './events/subscriptions';
export { HealthModule } from './health/health.module';
export { pendingMigrations } from './health/pending-migrations';
export { bootstrapService, type ServiceBoot } from './http/bootstrap-service';
export { configureApp, SERVICE_APP_OPTIONS, type AppSettings } from './http/configure-app';
export { listPage } from './http/list-page';
export { createLogger, type LoggerSettings } from './http/logger';
export { NestLogger } from './http/nest-logger';
export { PaginatedList } from './http/paginated-list';
export { ProblemException, type FieldFault, type Problem, type ProblemInit } from './http/problem';
export { currentRequestId } from './http/request-id';
export { Resource, VersionedResource } from './http/resource';
export { WholeList } from './http/whole-list';
export { IdMapError, type IdMapErrorCode } from './id-map/id-map-error';
export { IdMapModule } from './id-map/id-map.module';
export type { IdMapOptions } from './id-map/id-maps';
export { IdMapLookup, type IdPair, type IdsToLookUp } from './id-map/lookup/id-map-lookup';
export { digestsAgree, mapDigest, type MapDigest } from './id-map/map-digest';
export { publishPairs, type PublishOptions } from './id-map/publish-pairs';
export {
  ID_MAP_TABLES_V1,
  registerIdMapV1,
  unregisterIdMapV1,
  type IdMapRegistration,
} from './id-map/tables/v1';
export { copyState, wantCopy, type CopyState } from './id-map/want-copy';
export { dropConversionViews } from './legacy/drop-conversion-views';
export {
  joinFinding as joinLegacyFinding,
  judgeLegacyRows,
  FINDINGS as LEGACY_FINDINGS,
  LEGACY_ARCHIVE,
} from './legacy/judge-legacy-rows';
export type { LegacyCheck, LegacyChoice, LegacyDetail } from './legacy/legacy-check';
export {
  DEFAULT_ORGANIZATION_ID,
  DEFAULT_ORGANIZATION_NAME,
  DEFAULT_ORGANIZATION_SUBDOMAIN,
  DEFAULT_TEAM_NAME,
  legacyTeamId,
  seasonOf,
  trimmedInSql,
} from './legacy/legacy-club';
export { LegacyError, type LegacyErrorCode } from './legacy/legacy-error';
export { createLegacyTablesV1, dropLegacyTablesV1 } from './legacy/legacy-tables';
export { createLegacyTeamCodesV1, LEGACY_TEAM_CODES } from './legacy/legacy-team-codes';
export { proveCounts, type CountProof } from './legacy/prove-counts';
export { referencesToNobody, withDecidedReferences } from './legacy/references-to-nobody';
export { runSqlOf, type RunSql } from './legacy/run-sql';
export { loadNatsConfig, NatsConfig } from './nats/nats.config';
export { NatsConnector } from './nats/nats-connector';
export { NatsModule } from './nats/nats.module';
export { currentTraceId, currentTraceparent } from './observability/current-traceparent';
export {
  Metrics,
  type GaugeSettings,
  type HistogramSettings,
  type MetricSample,
  type MetricSettings,
} from './observability/metrics';
export { MetricsModule } from './observability/metrics.module';
export { startTracing, type Tracing, type TracingSettings } from './observability/tracing';
export { loadTracingConfig, TracingConfig } from './observability/tracing.config';
export { withSpan, type SpanSettings } from './observability/with-span';
export { EventError, type EventErrorCode } from './events/event-error';
export { EventRegistry } from './events/event-registry';
export { defineEvent, nextVersion, type EventContract } from './events/event-contract';
export { OperatorGuard } from './http/operator.guard';
export { OperatorModule } from './http/operator.module';
export { type NewEvent } from './outbox/event-statement';
export {
  OnEvent,
  OnSnapshot,
  type EventHandler,
  type ReceivedEvent,
  type SnapshotHandler,
  type SnapshotItem,
} from './outbox/inbox/on-event';
export { MessagingModule } from './outbox/messaging.module';
export { type MessagingOptions } from './outbox/messaging';
export { type MessagingSettings } from './outbox/messaging-settings';
export { Outbox } from './outbox/outbox';
export { OutboxError, type OutboxErrorCode } from './outbox/outbox-error';
export { SnapshotOf, type SnapshotQuery, type SnapshotReader, type SnapshotRow } from './outbox/snapshot-of';
export { messagingEntities } from './outbox/tables/messaging-entities';
export { OutboxAggregate } from './outbox/tables/outbox-aggregate.entity';
export { createMessagingTablesV1, dropMessagingTablesV1 } from './outbox/tables/v1';
export { runSagasProgram } from './sagas/cli/sagas-program';
export { defineSaga, type RetryPolicy, type Saga, type SagaContext } from './sagas/saga-definition';
export { SagaError, type SagaErrorCode } from './sagas/saga-error';
export { SAGA_STATES, type SagaProblem, type SagaReason, type SagaState } from './sagas/saga-progress';
export type { SagaCount, SagaFilter } from './sagas/saga-store';
export type { SagaDetails, SagaView } from './sagas/saga-view';
export { Sagas, type StartOptions } from './sagas/sagas';
export { loadSagasConfig, SagasConfig } from './sagas/sagas.config';
export { SagasModule, type SagaSettings } from './sagas/sagas.module';
export { createSagaTablesV1, dropSagaTablesV1 } from './sagas/tables/v1';
export { ExpectsVersion } from './validation/expects-version';
export { IsId } from './validation/is-id';
export { IsPlainText } from './validation/is-plain-text';
export { IsTimestamp } from './validation/is-timestamp';
export { IsWebAddress } from './validation/is-web-address';
export { LowerCased } from './validation/lower-cased';
export { MayBeOmitted } from './validation/may-be-omitted';
export { SEASON_FORMAT } from './validation/season';
export { Trimmed } from './validation/trimmed';
export { WEB_ADDRESS_FORMAT, WEB_ADDRESS_LENGTH } from './validation/web-address';
