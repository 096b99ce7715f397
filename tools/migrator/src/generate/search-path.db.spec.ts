import type { TemporaryPostgres } from '@hockey-hub/dev-services';
import { escapeIdentifier } from 'pg';
import { withConnection } from '../pg/connect';
import { createEntityWorkspace, type EntityWorkspace } from '../testing/entity-workspace';
import { startOwnServer } from '../testing/own-server';

const MIGRATIONS = {
  '1700000000000-InitialSchema': {
    up: ['create schema legacy', `create type legacy.mood as enum ('good', 'bad')`],
    down: ['drop type legacy.mood', 'drop schema legacy'],
  },
};
const ENTITIES = `
@Entity('clubs', { schema: 'legacy' })
class Club {
  @PrimaryColumn('int') id!: number;
  @Column('enum', { enum: ['good', 'bad'], enumName: 'mood' }) mood!: string;
}
`;

// The role of a server that is shared is not ours to change.
let server: TemporaryPostgres;
let workspace: EntityWorkspace;
beforeAll(async () => {
  server = await startOwnServer();
});
afterEach(() => workspace?.fixture.remove());
afterAll(() => server?.stop());

it('prints types with their schema, whatever search_path the role has', async () => {
  workspace = await createEntityWorkspace({
    entities: ENTITIES,
    migrations: MIGRATIONS,
    serverUrl: server.url,
  });
  await withConnection(server.url, 'test', async (client) => {
    const { rows } = await client.query<{ name: string }>('SELECT current_user AS name');
    await client.query(`ALTER ROLE ${escapeIdentifier(rows[0]!.name)} SET search_path = legacy, public`);
  });
  const { printed } = await workspace.generate({ dryRun: true });
  expect(printed).toContain('"mood" legacy.mood not null');
});
