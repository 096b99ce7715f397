import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseConfig, loadDatabaseConfig } from '../config/database.config';
import { dataSourceOptions, type ServiceDatabase } from './data-source';
import { SLOW_QUERY_MS, TypeOrmLog } from './type-orm-log';

/**
 * Connects a service to its database; provides TypeORM's DataSource and repositories to Nest.
 *
 * Settings are the provider `DatabaseConfig`, read from the environment when the application starts and not when
 * its files are loaded, so that tests put their own database in its place.
 */
@Module({})
export class DatabaseModule {
  static forService(database: ServiceDatabase): DynamicModule {
    const config: DynamicModule = {
      module: DatabaseConfigModule,
      providers: [
        {
          provide: DatabaseConfig,
          useFactory: () => database.config ?? loadDatabaseConfig(database.service),
        },
      ],
      exports: [DatabaseConfig],
    };
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          imports: [config],
          inject: [DatabaseConfig],
          useFactory: (settings: DatabaseConfig) => ({
            ...dataSourceOptions({ ...database, config: settings }),
            logger: new TypeOrmLog(),
            maxQueryExecutionTime: SLOW_QUERY_MS,
          }),
        }),
      ],
    };
  }
}

@Module({})
class DatabaseConfigModule {}
