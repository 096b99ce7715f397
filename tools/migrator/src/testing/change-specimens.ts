/**
 * Specimens of a change: what a schema is, what it shall be, and the statements that a reader would expect. Each is planned,
 * and then proven on rows in a database of its own, with its way back.
 */
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import type { Catalog } from '../catalog/catalog';
import { readCatalog } from '../catalog/read-catalog';
import { NO_DECISIONS, type Decisions } from '../generate/decisions';
import { planChange, type ChangePlan } from '../generate/plan-change';
import { proveChange, type Proof } from '../generate/prove-change';
import type { Step } from '../generate/steps';
import { connect } from '../pg/connect';
import { queryOf } from '../pg/query';
import { settle } from '../scratch/settle-expressions';

export interface Specimen {
  /** Statements that make the schema before the change, and rows, if it matters which. */
  readonly before: string;
  readonly after: string;
  readonly decisions?: Partial<Decisions>;
}

export interface Examined {
  readonly plan: ChangePlan;
  /** In the order in which they run; a place to fill in as `-- users.name`. */
  readonly immediate: readonly string[];
  readonly gradual: readonly string[];
  /** Undefined where it was refused. */
  readonly proof: Proof | undefined;
  readonly down: readonly string[];
  /** Rows of one statement, in the database as it was before. */
  query<Row>(sql: string): Promise<Row[]>;
}

/** A database for the specimens of one file. */
export interface SpecimenBench {
  examine(specimen: Specimen): Promise<Examined>;
  /** The statements of a change, one list; it is proven too. */
  up(specimen: Specimen): Promise<string[]>;
  close(): Promise<void>;
}

export async function openSpecimenBench(): Promise<SpecimenBench> {
  const database: TestDatabase = await createTestDatabase();
  const client = await connect(database.url, 'specimen');
  const query = queryOf(client);
  const examine = async ({ before, after, decisions: given = {} }: Specimen): Promise<Examined> => {
    const decisions: Decisions = { ...NO_DECISIONS, ...given };
    const entities = await catalogOf(client, after);
    await clear(client);
    await client.query(before);
    await settle(query);
    const catalog = await readCatalog(query);
    const plan = planChange(catalog, entities, decisions);
    const proof =
      plan.refusals.length > 0
        ? undefined
        : await proveChange(query, { service: 'specimen', before: catalog, entities, decisions, plan });
    return {
      plan,
      immediate: plan.immediate,
      gradual: plan.gradual.map(textOf),
      proof,
      down: [...(proof?.parts ?? [])].reverse().flatMap((part) => part.down.map(textOf)),
      query,
    };
  };
  return {
    examine,
    up: async (specimen) => {
      const { immediate, gradual, plan } = await examine(specimen);
      expect(plan.refusals).toEqual([]);
      return [...immediate, ...gradual];
    },
    close: async () => {
      await client.end();
      await database.drop();
    },
  };
}

async function catalogOf(client: Client, statements: string): Promise<Catalog> {
  await clear(client);
  await client.query(statements);
  await settle(queryOf(client));
  return readCatalog(queryOf(client));
}

async function clear(client: Client): Promise<void> {
  await client.query(
    'DROP SCHEMA IF EXISTS auth CASCADE; DROP SCHEMA IF EXISTS legacy CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public',
  );
}

function textOf(step: Step): string {
  return step.kind === 'statement' ? step.sql : `-- ${step.table}.${step.column}`;
}
