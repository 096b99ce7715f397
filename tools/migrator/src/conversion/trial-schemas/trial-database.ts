/** A database of a test's own that goes through the five phases and back as a migration run would have it: the phases themselves, by TypeORM. */
import { createTestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { tellWarnings } from '../../migration-warnings';
import { connect } from '../../pg/connect';
import { queryOf, type Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import {
  addUuidColumns,
  generateUuids,
  removeNumericIds,
  switchPrimaryKeys,
  updateReferences,
  type ConversionPhase,
} from '../index';
import { NUMERIC_VIEWS, UUID_VIEWS } from '../names';
import type { Shape } from '../twins';

export const PHASES = {
  addUuidColumns,
  generateUuids,
  updateReferences,
  switchPrimaryKeys,
  removeNumericIds,
} as const satisfies Record<string, ConversionPhase>;

export type PhaseName = keyof typeof PHASES;
export const PHASE_NAMES = Object.keys(PHASES) as readonly PhaseName[];

export interface TrialDatabase {
  readonly url: string;
  /** In the schema public, as the role that migrates. */
  readonly query: Query;
  /** As a client that knows one shape, whatever the database's is. */
  readonly as: Readonly<Record<Shape, Query>>;
  /** What the phases wanted somebody to look at. */
  readonly warnings: readonly string[];
  up(phase: PhaseName): Promise<void>;
  down(phase: PhaseName): Promise<void>;
  drop(): Promise<void>;
}

/** @param statements the schema, and the rows that are older than the conversion */
export async function createTrialDatabase(
  conversion: IdConversion,
  statements: readonly string[],
): Promise<TrialDatabase> {
  const database = await createTestDatabase();
  const clients: Client[] = [];
  const session = async (path: string): Promise<Query> => {
    const client = await connect(database.url, 'test');
    clients.push(client);
    await client.query(`SET search_path = ${path}`);
    return queryOf(client);
  };
  const dataSource = new DataSource({ type: 'postgres', url: database.url });
  const drop = async () => {
    await Promise.all(clients.map((client) => client.end()));
    if (dataSource.isInitialized) await dataSource.destroy();
    await database.drop();
  };
  try {
    const query = await session('public');
    for (const statement of statements) await query(statement);
    await dataSource.initialize();
    const warnings: string[] = [];
    const within = async (work: (queryRunner: QueryRunner) => Promise<void>) => {
      const queryRunner = dataSource.createQueryRunner();
      tellWarnings(queryRunner, (message) => void warnings.push(message));
      try {
        await work(queryRunner);
      } finally {
        await queryRunner.release();
      }
    };
    return {
      url: database.url,
      query,
      warnings,
      as: {
        numeric: await session(`${NUMERIC_VIEWS}, public, club`),
        uuid: await session(`${UUID_VIEWS}, public, club`),
      },
      up: (phase) => within((queryRunner) => PHASES[phase].up(conversion, queryRunner)),
      down: (phase) => within((queryRunner) => PHASES[phase].down(conversion, queryRunner)),
      drop,
    };
  } catch (error) {
    await drop();
    throw error;
  }
}
