import type { TemporaryPostgres } from '@hockey-hub/dev-services';
import { withConnection } from '../pg/connect';
import { createEntityWorkspace, statementsOf } from '../testing/entity-workspace';
import { startOwnServer } from '../testing/own-server';

const CLUBS = `
@Entity('clubs')
@Check('ck_clubs_seats', '"seats" > 0')
@Index(['name'], { unique: true, where: '"seats" > 10' })
class Club {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('varchar', { length: 100 }) name!: string;
  @Column('enum', { enum: ['free', 'basic'], default: 'free' }) tier!: string;
  @Column('int', { default: 25 }) seats!: number;
  @ManyToOne(() => Club) parent!: Club | null;
}
`;
const CHANGED = CLUBS.replace("'basic']", "'basic', 'premium']").replace('default: 25', 'default: 30');

let postgres: TemporaryPostgres;

// A server of its own, so that nobody else's scratch databases are on it either.
beforeAll(async () => {
  postgres = await startOwnServer({ major: 15 });
});
afterAll(() => postgres?.stop());

async function scratchDatabases(): Promise<string[]> {
  return withConnection(postgres.url, 'test', async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE datname ~ '^migrator_scratch_'`,
    );
    return rows.map(({ name }) => name);
  });
}

async function generated(entities: string, name: string, migrations: Record<string, string>) {
  const workspace = await createEntityWorkspace({ entities, migrations, serverUrl: postgres.url });
  try {
    await workspace.generate({ name });
    const again = await workspace.generate({ name: 'Again' });
    const migrated = await workspace.migrate();
    return {
      texts: await workspace.migrations(),
      again: again.printed,
      exitCode: migrated.exitCode,
      differences: await workspace.differencesByTypeOrm(),
    };
  } finally {
    await workspace.fixture.remove();
  }
}

it('generates, applies and finds no second difference, first from nothing and then for a change', async () => {
  const settled = {
    again: 'user-service: entities and migrations agree; nothing was written.',
    exitCode: 0,
    differences: [],
  };
  const initial = await generated(CLUBS, 'InitialSchema', {});
  expect(initial).toMatchObject(settled);
  const changed = await generated(CHANGED, 'Premium', initial.texts);
  expect(changed).toMatchObject(settled);
  const [, premium = ''] = Object.values(changed.texts);
  expect(statementsOf(premium, 'up')).toContain(
    'alter table "public"."clubs" alter column "seats" set default 30',
  );
  expect(await scratchDatabases()).toEqual([]);
});

it('leaves no scratch database behind when a migration cannot be replayed', async () => {
  const migrations = { '1700000000000-Broken': { up: ['create table clubs (id int)', 'select nonsense'] } };
  const workspace = await createEntityWorkspace({ entities: CLUBS, migrations, serverUrl: postgres.url });
  try {
    await expect(workspace.generate()).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
  } finally {
    await workspace.fixture.remove();
  }
  expect(await scratchDatabases()).toEqual([]);
});
