import {
  Column,
  DataSource,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToMany,
  OptimisticLockVersionMismatchError,
} from 'typeorm';
import { version as uuidVersion } from 'uuid';
import { createDataSource } from '../database/data-source';
import { createTestDatabase, testDatabaseConfig, type TestDatabase } from '../testing';
import { BaseEntity } from './base-entity';
import { VersionedEntity } from './versioned-entity';

@Entity('clubs')
class Club extends BaseEntity {
  @Column('text')
  name!: string;

  @OneToMany(() => Squad, (squad) => squad.club, { cascade: true })
  squads!: Squad[];
}

@Entity('squads')
class Squad extends BaseEntity {
  @Column('text')
  name!: string;

  @ManyToOne(() => Club, (club) => club.squads)
  @JoinColumn()
  club!: Club;
}

@Entity('drills')
class Drill extends VersionedEntity {
  @Column('text')
  title!: string;
}

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({
    service: 'user-service',
    entities: [Club, Squad, Drill],
    config: testDatabaseConfig(database.url),
  });
  await dataSource.initialize();
  await dataSource.synchronize();
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

describe('the id of a row', () => {
  const stored = (id: string): Promise<Club | null> => dataSource.getRepository(Club).findOneBy({ id });

  it('is known before the insert', async () => {
    const club = dataSource.getRepository(Club).create({ name: 'created' });
    expect(uuidVersion(club.id)).toBe(7);
    const { id } = club;
    await dataSource.getRepository(Club).insert(club);
    expect((await stored(id))?.name).toBe('created');
  });

  it('is given to plain objects by insert and by save', async () => {
    const inserted = await dataSource.getRepository(Club).insert([{ name: 'a' }, { name: 'b' }]);
    expect(inserted.identifiers.map(({ id }) => uuidVersion(id as string))).toEqual([7, 7]);
    const saved = await dataSource.getRepository(Club).save({ name: 'saved' });
    expect(uuidVersion(saved.id)).toBe(7);
    expect(await stored(saved.id)).toMatchObject({ name: 'saved' });
  });

  it('is given to plain objects that a save cascades to', async () => {
    const club = await dataSource.getRepository(Club).save({ name: 'parent', squads: [{ name: 'child' }] });
    const [squad] = await dataSource.getRepository(Squad).find({ where: { club: { id: club.id } } });
    expect(squad).toMatchObject({ name: 'child' });
    expect(uuidVersion(squad!.id)).toBe(7);
  });

  it('is given by a query builder', async () => {
    const result = await dataSource
      .createQueryBuilder()
      .insert()
      .into(Club)
      .values({ name: 'built' })
      .execute();
    expect(uuidVersion(result.identifiers[0]!['id'] as string)).toBe(7);
  });

  it('is given by the database to rows written by hand', async () => {
    const [row] = await dataSource.query<[{ id: string }]>(
      `INSERT INTO clubs (name) VALUES ('hand') RETURNING id`,
    );
    expect(uuidVersion(row.id)).toBe(4);
  });

  it('is kept when the caller chose it', async () => {
    const id = '01890a5d-ac96-774b-bcce-b302099a8057';
    await dataSource.getRepository(Club).insert({ id, name: 'chosen' });
    expect(await stored(id)).toMatchObject({ id, name: 'chosen' });
  });

  it('is not invented for a row that was selected without it', async () => {
    const [club] = await dataSource.getRepository(Club).find({ select: { name: true }, take: 1 });
    expect(club).toBeInstanceOf(Club);
    expect(club!.id).toBeUndefined();
  });
});

it('stamps rows with points in time, and moves updatedAt alone', async () => {
  const repository = dataSource.getRepository(Club);
  const before = await repository.save(repository.create({ name: 'before' }));
  await repository.update(before.id, { name: 'after' });
  const after = await repository.findOneByOrFail({ id: before.id });
  expect(after.createdAt).toEqual(before.createdAt);
  expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime() - 1);
  const columns = await dataSource.query<{ data_type: string }[]>(
    `SELECT data_type FROM information_schema.columns WHERE table_name = 'clubs' AND column_name LIKE '%\\_at'`,
  );
  expect(columns).toEqual([
    { data_type: 'timestamp with time zone' },
    { data_type: 'timestamp with time zone' },
  ]);
});

describe('the version of a row', () => {
  const drills = () => dataSource.getRepository(Drill);

  it('starts at 1 and grows with every save', async () => {
    const drill = await drills().save(drills().create({ title: 'one' }));
    expect(drill.version).toBe(1);
    drill.title = 'two';
    expect((await drills().save(drill)).version).toBe(2);
  });

  it('refuses a save of a row that was read at another version', async () => {
    const { id } = await drills().save(drills().create({ title: 'first' }));
    const [mine, theirs] = await Promise.all([
      drills().findOneByOrFail({ id }),
      drills().findOneByOrFail({ id }),
    ]);
    await drills().save({ ...theirs, title: 'theirs' });
    await expect(drills().save({ ...mine, title: 'mine' })).rejects.toThrow(
      OptimisticLockVersionMismatchError,
    );
    expect(await drills().findOneByOrFail({ id })).toMatchObject({ title: 'theirs', version: 2 });
  });

  it('lets one of many simultaneous saves win', async () => {
    const { id } = await drills().save(drills().create({ title: 'start' }));
    const read = await drills().findOneByOrFail({ id });
    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((title) => drills().save({ ...read, title })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await drills().findOneByOrFail({ id })).version).toBe(2);
  });
});
