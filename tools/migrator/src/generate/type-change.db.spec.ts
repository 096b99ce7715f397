import { openSpecimenBench, type SpecimenBench } from '../testing/change-specimens';

let bench: SpecimenBench;
beforeAll(async () => {
  bench = await openSpecimenBench();
});
afterAll(() => bench?.close());

const table = (type: string) => `CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TABLE t (c ${type})`;
const ALTER = 'alter table "public"."t" alter column "c" set data type';

/** Sends the planned statements to rows with this value, and reads what became of it. */
async function convert(from: string, to: string, value: string): Promise<string | null> {
  const { plan, query } = await bench.examine({ before: table(from), after: table(to) });
  expect(plan.refusals).toEqual([]);
  await query('TRUNCATE t');
  await query(`INSERT INTO t VALUES ('${value}')`);
  await query('BEGIN');
  try {
    for (const statement of plan.immediate) await query(statement);
    const [row] = await query<{ text: string | null }>('SELECT c::text AS text FROM t');
    return row!.text;
  } finally {
    await query('ROLLBACK');
  }
}

const refusal = (from: string, to: string, value: string) =>
  convert(from, to, value).then(
    (text) => `became ${text}`,
    (error: { code?: string }) => error.code,
  );

it.each([
  ['smallint', 'bigint', '7', '7'],
  ['integer', 'numeric', '7', '7'],
  ['integer', 'numeric(5,2)', '7', '7.00'],
  ['bigint', 'double precision', '9007199254740992', '9.007199254740992e+15'],
  ['real', 'double precision', '0.5', '0.5'],
  ['real', 'numeric', '0.1', '0.1'],
  ['double precision', 'numeric', '0.30000000000000004', '0.30000000000000004'],
  ['numeric', 'double precision', '0.1', '0.1'],
  ['numeric(10,3)', 'numeric(10,2)', '1.500', '1.50'],
  ['numeric', 'integer', '7.00', '7'],
  ['double precision', 'integer', '7', '7'],
  ['varchar(5)', 'varchar(9)', 'abc', 'abc'],
  ['varchar(9)', 'varchar(5)', 'abc', 'abc'],
  ['varchar(9)', 'varchar(5)', 'abc  ', 'abc  '],
  ['text', 'varchar(5)', 'abc  ', 'abc  '],
  ['char(9)', 'varchar(5)', 'abc', 'abc'],
  ['char(9)', 'char(5)', 'abc', 'abc'],
  ['varchar(9)', 'text', 'abc', 'abc'],
  ['char(5)', 'text', 'abc', 'abc'],
  ['text', 'char(5)', 'abc', 'abc'],
  ['text', 'integer', '42', '42'],
  ['text', 'integer', ' +42 ', '42'],
  ['text', 'integer', '-42', '-42'],
  ['text', 'integer', '0', '0'],
  ['text', 'numeric', ' -0.50 ', '-0.50'],
  ['text', 'numeric', '1e3', '1000'],
  ['text', 'double precision', '1e+20', '1e+20'],
  ['text', 'numeric(4,1)', '1.50', '1.5'],
  ['text', 'uuid', '3F2504E0-4F89-11D3-9A0C-0305E82C3301', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
  ['text', 'date', '2024-02-29', '2024-02-29'],
  ['text', 'money', '$1,234.50', '$1,234.50'],
  ['text', 'timestamp', '2024-02-29 10:00:00', '2024-02-29 10:00:00'],
  ['text', 'time', ' 9:05 ', '09:05:00'],
  ['text', 'time', '10:00:00.123456', '10:00:00.123456'],
  ['text', 'timetz', '10:00:00.5+05:30', '10:00:00.5+05:30'],
  ['text', 'interval', '1 week', '7 days'],
  ['text', 'bit(3)', '101', '101'],
  ['text', 'bit(8)', 'x1F', '00011111'],
  ['text', 'varbit(3)', '10', '10'],
  ['text', 'name', 'abc', 'abc'],
  ['text', 'point', '(1,2)', '(1,2)'],
  ['text', 'int4range', '(1,4]', '[2,5)'],
  ['text', 'boolean', 'yes', 'true'],
  ['text', 'jsonb', '{"b":1,"a":{"x":2}}', '{"a": {"x": 2}, "b": 1}'],
  ['text', 'mood', 'good', 'good'],
  ['mood', 'text', 'good', 'good'],
  ['integer', 'text', '7', '7'],
  ['boolean', 'text', 'true', 'true'],
  ['boolean', 'integer', 'true', '1'],
  ['boolean', 'smallint', 'true', '1'],
  ['integer', 'boolean', '1', 'true'],
  ['smallint', 'boolean', '0', 'false'],
  ['uuid', 'varchar(36)', '3f2504e0-4f89-11d3-9a0c-0305e82c3301', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
  ['date', 'timestamp', '2024-02-29', '2024-02-29 00:00:00'],
  ['timestamp', 'date', '2024-02-29 00:00:00', '2024-02-29'],
  ['timestamp(6)', 'timestamp(0)', '2024-02-29 10:00:00', '2024-02-29 10:00:00'],
  ['json', 'jsonb', '{"b":[1,{"c":null}],"a":2}', '{"a": 2, "b": [1, {"c": null}]}'],
  ['jsonb', 'json', '{"a": 1}', '{"a": 1}'],
  ['inet', 'cidr', '10.0.0.0/8', '10.0.0.0/8'],
  ['cidr', 'inet', '10.0.0.0/8', '10.0.0.0/8'],
  ['money', 'numeric', '12.34', '12.34'],
  ['numeric', 'money', '12.34', '$12.34'],
  ['time', 'interval', '10:00:01', '10:00:01'],
  ['interval', 'time', '10:00:01', '10:00:01'],
  ['varchar(9)[]', 'varchar(5)[]', '{abc,NULL}', '{abc,NULL}'],
  ['integer[]', 'bigint[]', '{1,NULL}', '{1,NULL}'],
  ['numeric[]', 'integer[]', '{1.0,2}', '{1,2}'],
  ['text[]', 'integer[]', '{1,2}', '{1,2}'],
  ['varchar(9)[]', 'mood[]', '{good,bad}', '{good,bad}'],
  ['mood[]', 'text[]', '{good,bad}', '{good,bad}'],
  ['real[]', 'numeric(5,1)[]', '{0.1}', '{0.1}'],
  ['json[]', 'jsonb[]', '{"{\\"a\\":1}"}', '{"{\\"a\\": 1}"}'],
  ['integer[]', 'text', '{1,2}', '{1,2}'],
  ['text', 'text[]', '{a,b}', '{a,b}'],
  ['varchar(9)[]', 'varchar(5)[]', '{"abc  "}', '{"abc  "}'],
])('%s -> %s: %s becomes %s', async (from, to, value, expected) => {
  expect(await convert(from, to, value)).toBe(expected);
});

it.each([
  ['bigint', 'integer', '3000000000', '22003'],
  ['integer', 'numeric(3,2)', '70', '22003'],
  ['text', 'integer', '4.5', '22P02'],
  ['text', 'mood', 'fair', '22P02'],
  ['bit varying(5)', 'bit(3)', '1010', '22026'],
  ['varchar(9)', 'varchar(3)', 'abcd', '22001'],
  ['varchar(9)[]', 'varchar(3)[]', '{abcd}', '22001'],
  ['text', 'char(3)', 'abcd', '22001'],
  ['text', 'varchar(3)', 'abcd', '22001'],
  ['text', 'varchar(3)', 'abc d ', '22001'],
  ['char(9)', 'varchar(3)', 'abcd', '22001'],
  ['char(9)', 'char(3)', 'abcd', '22001'],
  ['varbit(9)', 'varbit(3)', '10100', '22001'],
  ['integer', 'varchar(2)', '123', '22001'],
])('%s -> %s: Postgres itself refuses %s (%s)', async (from, to, value, code) => {
  expect(await refusal(from, to, value)).toBe(code);
});

it.each([
  ['numeric', 'integer', '7.5'],
  ['numeric(10,3)', 'numeric(10,2)', '1.555'],
  ['double precision', 'integer', '7.5'],
  ['double precision', 'real', '0.1'],
  ['double precision', 'numeric(5,1)', '0.15'],
  ['bigint', 'double precision', '9007199254740993'],
  ['integer', 'real', '16777217'],
  ['numeric', 'double precision', '0.12345678901234567890'],
  ['numeric', 'money', '12.345'],
  ['integer', 'boolean', '2'],
  ['text', 'numeric(4,1)', '1.55'],
  ['text', 'real', '0.123456789'],
  ['text', 'money', '1.234'],
  ['text', 'date', '2024-02-29 10:00'],
  ['text', 'timestamp', '2024-02-29 10:00+05'],
  ['text', 'timestamptz(0)', '2024-02-29 10:00:00.5'],
  ['text', 'char(5)', 'ab '],
  ['varchar(9)', 'varchar(3)', 'ab    '],
  ['varchar(9)', 'varchar(3)', 'abc '],
  ['varchar', 'varchar(3)', 'abc '],
  ['text', 'varchar(3)', 'abc '],
  ['json', 'varchar(3)', '{}    '],
  ['varchar(9)[]', 'varchar(3)[]', '{abc,"abc "}'],
  ['text[]', 'varchar(3)[]', '{{abc},{"abc "}}'],
  ['text', 'varchar(3)[]', '{abcd}'],
  ['text', 'integer[]', '{7,007}'],
  ['text', 'integer', '007'],
  ['text', 'integer', '-07'],
  ['char(5)', 'smallint', '07'],
  ['text', 'oid', '007'],
  ['text', 'numeric', '007'],
  ['text', 'numeric(5,1)', ' +07.5'],
  ['text', 'double precision', '-007'],
  ['text', 'money', '$007'],
  ['text[]', 'integer[]', '{7,007}'],
  ['text', 'time', '2024-02-29 10:00'],
  ['text', 'time', '10:00+05'],
  ['text', 'time', '10:00:00.1234567'],
  ['text', 'time(0)', '10:00:00.5'],
  ['text', 'timetz', '2024-02-29 10:00+05'],
  ['text', 'timestamp', '2024-02-29 10:00:00.1234567'],
  ['text', 'timestamptz', '2024-02-29 10:00:00.1234567+00'],
  ['text', 'interval', '10:00:00.1234567'],
  ['text', 'interval hour to minute', '10:20:30'],
  ['text', 'bit(3)', '1010'],
  ['text', 'bit(3)', '10'],
  ['text', 'bit(3)', 'x1F'],
  ['text', 'varbit(3)', '1010'],
  ['text[]', 'bit(3)[]', '{101,1010}'],
  ['text', 'name', '1234567890123456789012345678901234567890123456789012345678901234'],
  ['text', 'point', '(0.1234567890123456789,0)'],
  ['text', 'jsonb', '{"a":1,"a":2}'],
  ['timestamp', 'date', '2024-02-29 10:00:00'],
  ['timestamptz', 'date', '2024-02-29 10:00:00+00'],
  ['timestamp', 'timestamp(0)', '2024-02-29 10:00:00.5'],
  ['timestamptz', 'timestamp(3)', '2024-02-29 10:00:00.000001+00'],
  ['time', 'time(0)', '10:00:00.5'],
  ['interval', 'interval(0)', '00:00:00.5'],
  ['interval', 'time', '25:00:00'],
  ['json', 'jsonb', '{"x":[{"a":1,"a":2}]}'],
  ['inet', 'cidr', '10.0.0.1/8'],
  ['numeric[]', 'integer[]', '{1,1.5}'],
  ['json[]', 'jsonb[]', '{"{\\"a\\":1,\\"a\\":2}"}'],
])('%s -> %s: the guard refuses %s, which would not come through whole', async (from, to, value) => {
  expect(await refusal(from, to, value)).toBe('22000');
});

it.each([
  ['varchar(9)', 'bigint'],
  ['text', 'real'],
])(
  '%s -> %s: 0x1F is refused, before Postgres 16 by its own cast, since then by the guard',
  async (from, to) => {
    expect(['22P02', '22000']).toContain(await refusal(from, to, '0x1F'));
  },
);

it.each([
  ['uuid', 'integer'],
  ['integer', 'uuid'],
  ['integer', 'integer[]'],
  ['integer[]', 'integer'],
  ['bytea', 'text'],
  ['text', 'bytea'],
  ['text', 'tsvector'],
  ['tsvector', 'text'],
  ['varchar(9)[]', 'tsvector[]'],
  ['timestamptz[]', 'timestamp[]'],
  ['date', 'integer'],
  ['point', 'box'],
  ['bit(3)', 'bit(5)'],
  ['timestamp', 'time'],
  ['jsonb', 'integer'],
  ['mood', 'integer'],
])('%s -> %s is refused, unless the column may go', async (from, to) => {
  const change = { before: table(from), after: table(to) };
  const { plan } = await bench.examine(change);
  expect(plan.refusals).toMatchObject([{ reason: 'no-conversion', subject: 't.c' }]);
  const allowed = await bench.up({ ...change, decisions: { allowDrop: ['t.c'] } });
  expect(allowed).toHaveLength(2);
});

it.each(['Europe/Stockholm', 'America/St_Johns', 'UTC'])(
  'takes local time for UTC, whatever the zone of the session: %s',
  async (zone) => {
    for (const [from, to, value, expected] of [
      ['timestamp', 'timestamptz', '2024-03-31 02:30:00', '2024-03-31 02:30:00'],
      ['timestamptz', 'timestamp', '2024-03-31 02:30:00+02', '2024-03-31 00:30:00'],
      ['date', 'timestamptz', '2024-03-31', '2024-03-31 00:00:00'],
      ['timestamptz', 'date', '2024-03-31 00:00:00+00', '2024-03-31'],
    ] as const) {
      const { plan, query } = await bench.examine({ before: table(from), after: table(to) });
      await query('TRUNCATE t');
      await query(`INSERT INTO t VALUES ('${value}')`);
      await query('BEGIN');
      await query(`SET LOCAL TIME ZONE '${zone}'`);
      for (const statement of plan.immediate) await query(statement);
      await query(`SET LOCAL TIME ZONE 'UTC'`);
      const [row] = await query<{ text: string }>('SELECT c::text AS text FROM t');
      await query('ROLLBACK');
      expect(row!.text.replace('+00', '')).toBe(expected);
    }
  },
);

it('says which column, how many values, and how to find them', async () => {
  const { plan, query } = await bench.examine({ before: table('numeric'), after: table('integer') });
  await query('TRUNCATE t');
  await query('INSERT INTO t VALUES (1), (1.5), (2.5)');
  const [lock, guard = ''] = plan.immediate;
  expect(lock).toBe('lock table "public"."t" in access exclusive mode');
  await expect(query(guard)).rejects.toMatchObject({
    message: 't.c has 2 values that integer cannot hold as numeric does; nothing was changed',
    hint: 'Find them: select * from "public"."t" where "c"::integer::numeric is distinct from "c"::numeric; then correct them, and run this again.',
  });
});

it('rewrites a table once for all its columns, and keeps defaults', async () => {
  const statements = await bench.up({
    before: `CREATE TABLE t (a int DEFAULT 1, b int, "C c" varchar(5) COLLATE "C" DEFAULT 'x')`,
    after: `CREATE TABLE t (a bigint DEFAULT 1, b bigint, "C c" text COLLATE "C" DEFAULT 'x')`,
  });
  expect(statements).toEqual([
    'alter table "public"."t" alter column "a" drop default',
    'alter table "public"."t" alter column "C c" drop default',
    'alter table "public"."t" alter column "a" set data type bigint, alter column "b" set data type bigint, alter column "C c" set data type text collate pg_catalog."C"',
    `alter table "public"."t" alter column "a" set default 1`,
    `alter table "public"."t" alter column "C c" set default 'x'::text`,
  ]);
});

it('changes a collation alone', async () => {
  expect(await bench.up({ before: table('text'), after: table('text COLLATE "C"') })).toEqual([
    `${ALTER} text collate pg_catalog."C"`,
  ]);
});
