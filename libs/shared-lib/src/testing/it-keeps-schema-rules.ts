import type { DatabaseContext } from './use-database';

export interface ExpectedSchema {
  /** Every table of the service. */
  readonly tables: readonly string[];
  /** Tables beside them that keep rules of their own: `MESSAGING_TABLES`. */
  readonly exemptTables?: readonly string[];
  readonly foreignKeyCount: number;
}

/** Registers the tests of what every service's schema must be like, by the catalog of a migrated database. */
export function itKeepsSchemaRules(
  context: DatabaseContext,
  { tables, exemptTables = [], foreignKeyCount }: ExpectedSchema,
): void {
  it('has every table of the service and no other', async () => {
    const present = await context.column<string>(
      `SELECT table_name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_name <> 'migrations'`,
    );
    expect(present.sort()).toEqual([...tables, ...exemptTables].sort());
  });

  it('gives every table a uuid key with a default and two timestamps with a time zone', async () => {
    for (const table of tables) {
      const { rows } = await context.client.query(
        `SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns
          WHERE table_schema = 'public' AND table_name = $1 AND column_name IN ('id', 'created_at', 'updated_at')
          ORDER BY column_name`,
        [table],
      );
      const timestamp = { data_type: 'timestamp with time zone', is_nullable: 'NO', column_default: 'now()' };
      expect({ table, rows }).toEqual({
        table,
        rows: [
          { column_name: 'created_at', ...timestamp },
          { column_name: 'id', data_type: 'uuid', is_nullable: 'NO', column_default: 'gen_random_uuid()' },
          { column_name: 'updated_at', ...timestamp },
        ],
      });
    }
  });

  it('writes every name in snake_case', async () => {
    const names = await context.column<string>(
      `SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY ($1)
        UNION ALL SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
      [tables],
    );
    expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
  });

  it('has an index for every foreign key', async () => {
    // Beside `public` there may be the schema of a tool, DBOS, which keeps rules of its own.
    const total = await context.column<number>(
      `SELECT count(*)::int FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
    );
    expect(total).toEqual([foreignKeyCount]);

    // Served are foreign keys whose columns are the first ones of a valid index over all rows, in any order.
    const unserved = await context.column<string>(
      `SELECT conname FROM pg_constraint AS foreign_key
        WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND NOT EXISTS (
          SELECT FROM pg_index
           WHERE indrelid = conrelid AND indisvalid AND indpred IS NULL
             AND conkey @> (indkey::int2[])[0:cardinality(conkey) - 1]
             AND conkey <@ (indkey::int2[])[0:cardinality(conkey) - 1])`,
    );
    expect(unserved).toEqual([]);
  });

  it('has no index that another one already contains', async () => {
    const redundant = await context.column<string>(
      `SELECT small.indexrelid::regclass::text FROM pg_index AS small JOIN pg_index AS large
           ON small.indrelid = large.indrelid AND small.indexrelid <> large.indexrelid
        WHERE small.indrelid = ANY ($1::regclass[]) AND NOT small.indisunique
          AND large.indpred IS NULL
          AND (large.indkey::text || ' ') LIKE (small.indkey::text || ' %')`,
      [tables],
    );
    expect(redundant).toEqual([]);
  });
}
