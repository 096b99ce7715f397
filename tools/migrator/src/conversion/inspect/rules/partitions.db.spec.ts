import { refusalTests, type Change } from '../refusal-testing';

const { refusalsAfter } = refusalTests();

const EXTRA: Change = { more: [{ kind: 'column', table: 'extra', column: 'user_id', to: 'users' }] };
const PARTITIONED = [
  `CREATE TABLE extra (user_id int, at date) PARTITION BY RANGE (at)`,
  `CREATE TABLE extra_all PARTITION OF extra DEFAULT`,
];

it('indexes, unique rules and foreign keys over partitions, and indexes of one of them, are carried over', async () => {
  const statements = [
    ...PARTITIONED,
    `ALTER TABLE extra ADD UNIQUE (user_id, at), ADD FOREIGN KEY (user_id) REFERENCES users`,
    `CREATE INDEX extra_user ON extra (user_id)`,
    `CREATE INDEX extra_all_user ON extra_all (user_id) WHERE at > '2026-01-01'`,
  ];
  expect(await refusalsAfter(statements, EXTRA)).toEqual([]);
});

const TO_DROP =
  'Drop that before the conversion, and make it again after the contract; a unique rule may stand in for a primary key.';
const NOT_BY_CLIENTS =
  'a counterpart over UUIDs, which Postgres cannot make of a partitioned table while clients write';
const ON_THE_TABLE = 'Drop that, or make it on extra, which all partitions have it from.';

it.each<[string, readonly string[], readonly string[]]>([
  [
    'a partition key',
    [`CREATE TABLE extra (user_id int, at date) PARTITION BY HASH (abs(user_id), at)`],
    [
      `CONVERSION_PARTITION_KEY extra.user_id: extra is partitioned by it: a row's partition would change with its value, and the bounds are numbers. Move the rows to a table that is partitioned by something else, or by nothing, first.`,
    ],
  ],
  [
    'a partition key of a partition',
    [
      `CREATE TABLE extra (user_id int, at date) PARTITION BY RANGE (at)`,
      `CREATE TABLE extra_all PARTITION OF extra DEFAULT PARTITION BY LIST (user_id)`,
    ],
    [
      `CONVERSION_PARTITION_KEY extra_all.user_id: extra_all is partitioned by it: a row's partition would change with its value, and the bounds are numbers. Move the rows to a table that is partitioned by something else, or by nothing, first.`,
    ],
  ],
  [
    'a primary key, and a foreign key to a partitioned table',
    [
      `CREATE TABLE extra (user_id int, at date, PRIMARY KEY (user_id, at)) PARTITION BY RANGE (at)`,
      `ALTER TABLE posts ADD COLUMN day date, ADD CONSTRAINT posts_extra FOREIGN KEY (editor_id, day) REFERENCES extra (user_id, at)`,
    ],
    [
      `CONVERSION_PARTITIONED extra: it is partitioned, and the primary key extra_pkey, the foreign key posts_extra of posts need ${NOT_BY_CLIENTS}. ${TO_DROP}`,
    ],
  ],
  [
    'what hangs on one partition alone',
    [
      ...PARTITIONED,
      `CREATE TABLE nights (id int PRIMARY KEY)`,
      `ALTER TABLE extra_all ADD CONSTRAINT of_nights FOREIGN KEY (user_id) REFERENCES nights, ADD CONSTRAINT some_user CHECK (user_id IS NOT NULL)`,
      `CREATE VIEW who AS SELECT user_id FROM extra_all`,
      `CREATE STATISTICS extra_who ON user_id, at FROM extra_all`,
      `CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`,
      `CREATE TRIGGER on_change AFTER UPDATE OF user_id ON extra_all FOR EACH ROW EXECUTE FUNCTION nothing()`,
      `CREATE TRIGGER on_table AFTER UPDATE OF at ON extra FOR EACH ROW EXECUTE FUNCTION nothing()`,
      `CREATE POLICY own ON extra_all USING (user_id = 7)`,
    ],
    [
      `CONVERSION_PARTITIONED extra_all: it is a partition of extra, and has of its own, over converted columns: the foreign key of_nights, the check some_user, policy own on table extra_all, rule _RETURN on view who, statistics object extra_who, trigger on_change on table extra_all. ${ON_THE_TABLE}`,
    ],
  ],
  [
    'a partition that is elsewhere',
    [
      `CREATE TABLE extra (user_id int, at date) PARTITION BY RANGE (at)`,
      `CREATE FOREIGN DATA WRAPPER nowhere`,
      `CREATE SERVER far FOREIGN DATA WRAPPER nowhere`,
      `CREATE FOREIGN TABLE extra_far PARTITION OF extra DEFAULT SERVER far`,
    ],
    [
      `CONVERSION_PARTITIONED extra_far: it is a foreign table, whose rows nobody can convert here, and a partition of extra. Detach it first: ALTER TABLE ... DETACH PARTITION.`,
    ],
  ],
  [
    'an index of one partition that says something about the number',
    [...PARTITIONED, `CREATE INDEX extra_half ON extra_all (at) WHERE user_id > 1000`],
    [
      `CONVERSION_INDEX index extra_half of extra_all: (user_id > 1000) uses user_id in a way that has no meaning for a UUID. Only whether it is null, and whether it is equal to another converted column of the same key, mean the same for a UUID. Drop it first, and make one that suits UUIDs after the switch.`,
    ],
  ],
])('%s', async (_title, statements, refusals) => {
  expect(await refusalsAfter(statements, EXTRA)).toEqual(refusals);
});
