import {
  Check,
  Column,
  DataSource,
  Entity,
  Index,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToOne,
  JoinColumn,
  Unique,
} from 'typeorm';
import { BaseEntity } from '../entities/base-entity';
import { createTestDatabase, testDatabaseConfig, type TestDatabase } from '../testing';
import { createDataSource } from './data-source';

enum Position {
  Goalie = 'goalie',
  Skater = 'skater',
}

@Entity('players')
class Player extends BaseEntity {
  @Column('text')
  firstName!: string;
}

@Entity('line_ups')
@Unique(['season', 'jerseyNumber'])
@Check('"jersey_number" > 0')
@Check('"jersey_number" < 100')
@Index(['season'], { unique: true, where: '"left_at" IS NULL' })
@Index(['season'], { unique: true, where: '"left_at" IS NOT NULL' })
class LineUp extends BaseEntity {
  @Index()
  @ManyToOne(() => Player)
  player!: Player;

  @OneToOne(() => Player)
  @JoinColumn()
  captain!: Player;

  @ManyToMany(() => Player)
  @JoinTable()
  reservePlayers!: Player[];

  @Column('text')
  season!: string;

  @Column('int')
  jerseyNumber!: number;

  @Column({ type: 'enum', enum: Position })
  mainPosition!: Position;

  @Column('timestamptz', { nullable: true })
  leftAt!: Date | null;
}

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  const config = testDatabaseConfig(database.url);
  dataSource = createDataSource({ service: 'user-service', entities: [Player, LineUp], config });
  await dataSource.initialize();
  await dataSource.synchronize();
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const names = async (sql: string): Promise<string[]> =>
  (await dataSource.query<{ name: string }[]>(sql)).map(({ name }) => name);

it('gives a real schema readable names', async () => {
  expect(
    await names(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    ),
  ).toEqual(['line_ups', 'line_ups_reserve_players_players', 'players']);
  expect(
    await names(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'line_ups' ORDER BY 1`,
    ),
  ).toEqual([
    'captain_id',
    'created_at',
    'id',
    'jersey_number',
    'left_at',
    'main_position',
    'player_id',
    'season',
    'updated_at',
  ]);
  expect(await names(`SELECT typname AS name FROM pg_type WHERE typtype = 'e'`)).toEqual([
    'line_ups_main_position_enum',
  ]);
});

it('names every constraint and index, none of them twice', async () => {
  expect(
    await names(
      `SELECT conname AS name FROM pg_constraint WHERE conrelid = 'line_ups'::regclass AND contype <> 'n' ORDER BY 1`,
    ),
  ).toEqual([
    expect.stringMatching(/^ck_line_ups_jersey_number_[0-9a-f]{6}$/),
    expect.stringMatching(/^ck_line_ups_jersey_number_[0-9a-f]{6}$/),
    'fk_line_ups_captain_id',
    'fk_line_ups_player_id',
    'pk_line_ups',
    'uq_line_ups_captain_id',
    'uq_line_ups_season_jersey_number',
  ]);
  expect(
    await names(
      `SELECT indexname AS name FROM pg_indexes WHERE tablename = 'line_ups' AND indexname LIKE 'ix%' ORDER BY 1`,
    ),
  ).toEqual([
    'ix_line_ups_player_id',
    expect.stringMatching(/^ix_line_ups_season_where_[0-9a-f]{6}$/),
    expect.stringMatching(/^ix_line_ups_season_where_[0-9a-f]{6}$/),
  ]);
});

it('is stable: TypeORM finds nothing to rename or rebuild', async () => {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
});
