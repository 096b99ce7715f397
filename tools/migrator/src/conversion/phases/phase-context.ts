/** What every phase begins with: its database, and somebody to tell how far it is. */
import type { QueryRunner } from 'typeorm';
import { fillProgressOf } from '../../fill-progress';
import { warningsOf, type OnWarning } from '../../migration-warnings';
import type { FillReport } from '../../model';
import { otherDatabasesOf } from '../../other-databases';
import { declareResumable } from '../../resumable-migration';
import type { FillProgress, OnProgress } from '../backfill/monitor';
import { conversionDatabaseOf } from '../conversion-database-of';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { readFacts } from '../inspect/read-facts';
import { runEachLocked } from '../with-lock';
import { ownerDatabaseUrl } from './owner-database.config';

/**
 * One of the five migrations of a conversion. Each may be broken off anywhere and run again, in both directions: it looks at
 * what is there before it does something.
 */
export interface ConversionPhase {
  up(conversion: IdConversion, queryRunner: QueryRunner): Promise<void>;
  down(conversion: IdConversion, queryRunner: QueryRunner): Promise<void>;
}

export interface PhaseContext {
  readonly conversion: IdConversion;
  readonly database: ConversionDatabase;
  /** Where the owner's database is; undefined where it has none, as beside a scratch database. */
  ownerUrl(): Promise<string | undefined>;
  readonly onProgress: OnProgress;
  readonly onWarning: OnWarning;
  /** As they are at this moment. */
  facts(): Promise<ConversionFacts>;
  /** Each statement in a transaction of its own that gives way to clients. */
  locked(what: string, statements: readonly string[]): Promise<void>;
  /** Statements that no client waits for, one after the other. */
  run(statements: readonly string[]): Promise<void>;
}

export function phaseContext(conversion: IdConversion, queryRunner: QueryRunner): PhaseContext {
  declareResumable(queryRunner);
  const { database, url } = conversionDatabaseOf(conversion.service, queryRunner);
  const tell = fillProgressOf(queryRunner);
  const otherDatabase = otherDatabasesOf(queryRunner);
  return {
    conversion,
    database,
    ownerUrl: async () =>
      otherDatabase ? otherDatabase(conversion.owner) : ownerDatabaseUrl(conversion.owner, url),
    onProgress: (progress) => tell(reportOf(progress)),
    onWarning: warningsOf(queryRunner),
    facts: () => readFacts(database.query, conversion),
    locked: (what, statements) => runEachLocked(database, { conversion: conversion.name, what }, statements),
    run: async (statements) => {
      for (const statement of statements) await database.query(statement);
    },
  };
}

function reportOf(progress: FillProgress): FillReport {
  const { kind, table, columns, doneRows, estimatedRows, rowsPerSecond, secondsLeft, throttled, endedAt } =
    progress;
  return {
    fill: kind === 'id-map' ? `id map of ${table}` : `${table}.${columns.join('+')}`,
    ...{ doneRows, estimatedRows, rowsPerSecond, secondsLeft, throttled, hasEnded: endedAt !== null },
  };
}
