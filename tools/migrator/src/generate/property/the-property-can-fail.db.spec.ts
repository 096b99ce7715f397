import { testServerUrl } from '../../testing/migrator-tests.config';
import { NO_DECISIONS } from '../decisions';
import { planChange, planRollback } from '../plan-change';
import type { Planner } from './change-and-back';
import type { ColumnModel, Model, RuleModel } from './model';
import type { Pair } from './pair';
import { withPropertyDatabases, type PropertyDatabases } from './property-databases';
import { runPair } from './run-pair';

const column = (
  id: number,
  name: string,
  type: ColumnModel['type'],
  more: Partial<ColumnModel> = {},
): ColumnModel => ({
  id,
  name,
  type,
  nullable: true,
  default: 0,
  comment: null,
  primary: false,
  made: null,
  computed: null,
  ...more,
});

const clubs = (columns: readonly ColumnModel[], rules: readonly RuleModel[] = []): Model => ({
  naming: 'platform',
  nextId: 100,
  joins: [],
  tables: [
    {
      id: 1,
      name: 'clubs',
      comment: null,
      columns: [
        column(2, 'id', { name: 'uuid' }, { primary: true, nullable: false, made: 'uuid' }),
        ...columns,
      ],
      rules,
      relations: [],
    },
  ],
});

/** A text becomes longer, a column gets another name, an index is added. */
const PAIR: Pair = {
  from: clubs([
    column(3, 'name', { name: 'character varying', length: 20 }),
    column(4, 'city', { name: 'text' }),
  ]),
  to: clubs(
    [column(3, 'name', { name: 'text' }), column(4, 'town', { name: 'text' })],
    [{ id: 5, kind: 'index', columns: [4], form: 0 }],
  ),
  rowsFit: true,
  seed: 1,
};

let databases: PropertyDatabases;
let release: () => void;
let closed: Promise<void>;

beforeAll(
  () =>
    new Promise<void>((resolve, reject) => {
      closed = withPropertyDatabases(testServerUrl(), (opened) => {
        databases = opened;
        resolve();
        return new Promise<void>((done) => (release = done));
      });
      closed.catch(reject);
    }),
);
afterAll(async () => {
  release();
  await closed;
});

const outcomeOf = (planner?: Partial<Planner>) =>
  runPair(PAIR, databases, undefined, { planChange, planRollback, ...planner });

const replacing =
  (pattern: RegExp, statement: string): typeof planChange =>
  (...change) => {
    const plan = planChange(...change);
    return { ...plan, immediate: plan.immediate.map((sql) => (pattern.test(sql) ? statement : sql)) };
  };

it('holds for the real planner', async () => {
  expect(await outcomeOf()).toEqual({ kind: 'applied' });
});

it.each<[string, Partial<Planner>, RegExp]>([
  [
    'a column that is made anew instead of altered, as TypeORM does it',
    {
      planChange: replacing(
        /alter column "name"/,
        'ALTER TABLE clubs DROP COLUMN name, ADD COLUMN name text',
      ),
    },
    /^the change lost:\n {2}clubs\.name: \d rows lost their value/,
  ],
  [
    'a renamed column that is made anew',
    { planChange: replacing(/rename column/, 'ALTER TABLE clubs DROP COLUMN city, ADD COLUMN town text') },
    /^the change lost:\n {2}clubs\.town: \d rows lost their value/,
  ],
  [
    'values that change places',
    {
      planChange: replacing(
        /alter column "name"/,
        `ALTER TABLE clubs ALTER COLUMN name TYPE text;
         UPDATE clubs SET name = other.name FROM (SELECT max(name) AS name FROM clubs) AS other WHERE clubs.name = (SELECT min(name) FROM clubs);`,
      ),
    },
    /^the change lost:/,
  ],
  [
    'rows that go',
    {
      planChange: replacing(
        /alter column "name"/,
        'ALTER TABLE clubs ALTER COLUMN name TYPE text; DELETE FROM clubs',
      ),
    },
    /5 rows before, 0 after/,
  ],
  [
    'an index that is forgotten',
    { planChange: (...change) => ({ ...planChange(...change), gradual: [] }) },
    /^A did not become B:\n {2}.*ix_clubs_town/,
  ],
  [
    'a statement that fails',
    { planChange: replacing(/rename column/, 'ALTER TABLE clubs RENAME') },
    /^the change fails: syntax error/,
  ],
  [
    'a refusal of values that fit',
    {
      planChange: replacing(
        /alter column "name"/,
        `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'data_exception', MESSAGE = 'no'; END $$`,
      ),
    },
    /^values that fit are refused: no/,
  ],
  [
    'a way back that does not lead back',
    { planRollback: (from, to, _, mode) => planRollback(from, to, NO_DECISIONS, mode).slice(0, 1) },
    /^(B did not become A again|the way back fails)/,
  ],
  [
    'a way back that loses',
    {
      planRollback: (...change) => [
        ...planRollback(...change),
        ...(change[3] === 'one transaction'
          ? [{ kind: 'statement' as const, sql: `UPDATE clubs SET city = 'lost'` }]
          : []),
      ],
    },
    /^the way back lost:\n {2}clubs\.city: \d rows lost their value/,
  ],
])('finds %s', async (_, planner, problem) => {
  await expect(outcomeOf(planner)).rejects.toThrow(problem);
});
