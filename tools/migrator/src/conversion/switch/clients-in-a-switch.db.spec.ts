/** Clients that know one shape only, with statements that they prepared before, read and write through switches there and back. */
import { Client } from 'pg';
import { DataSource, EntitySchema, type Repository } from 'typeorm';
import { pairingFunctions } from '../pairing/pairing-triggers';
import { requireProof } from '../proof/prove';
import { waitUntil } from '../../testing/wait-until';
import { CLUB } from './club-specimen';
import { createConvertibleClub, type ConvertibleClub } from './convertible-club';
import { switchShape } from './switch-shape';

let club: ConvertibleClub;
beforeAll(async () => {
  club = await createConvertibleClub();
});
afterAll(() => club?.drop());

interface Load {
  /** Rounds without an error. */
  rounds(): number;
  stop(): Promise<void>;
  /** Rejects when a round fails; never resolves. */
  readonly failed: Promise<never>;
}

/** Runs `round` again and again. The first error ends it, and is thrown by `stop`. */
function keepDoing(round: (turn: number) => Promise<void>): Load {
  let rounds = 0;
  let isStopped = false;
  const done = (async () => {
    while (!isStopped) {
      await round(rounds);
      rounds += 1;
    }
  })();
  const failed = new Promise<never>((_, reject) => done.catch(reject));
  failed.catch(() => undefined);
  return {
    failed,
    rounds: () => rounds,
    stop: async () => {
      isStopped = true;
      await done;
    },
  };
}

/** Named statements: prepared once by the server, and planned again when a table changes. */
async function preparedClient(schema: 'legacy' | 'uuid_ids'): Promise<{ client: Client; load: Load }> {
  const client = new Client({ connectionString: club.url, options: `-c search_path=${schema},public` });
  await client.connect();
  const type = schema === 'legacy' ? 'number' : 'string';
  const run = async (name: string, text: string, values: unknown[] = []) =>
    (await client.query<{ id: unknown; userId: unknown }>({ name, text, values })).rows;
  const load = keepDoing(async (turn) => {
    const token = `${schema} ${turn}`;
    const [user] = await run('insert user', 'INSERT INTO users (email) VALUES ($1) RETURNING *', [
      `${token}@club.example`,
    ]);
    expect(typeof user!.id).toBe(type);
    const [session] = await run(
      'insert session',
      'INSERT INTO sessions ("userId", token) VALUES ($1, $2) RETURNING *',
      [user!.id, token],
    );
    expect(session!.userId).toBe(user!.id);
    await run('again', 'INSERT INTO users (email) VALUES ($1) ON CONFLICT (email) DO UPDATE SET note = $2', [
      `${token}@club.example`,
      token,
    ]);
    const found = await run(
      'join',
      'SELECT u.* FROM users u JOIN sessions s ON s."userId" = u.id WHERE s.token = $1',
      [token],
    );
    expect(found).toEqual([{ ...user, note: token }]);
    const shown = await run('view', 'SELECT * FROM active_users WHERE id = $1', [user!.id]);
    expect(shown).toHaveLength(1);
    if (turn % 2 === 1) await run('delete', 'DELETE FROM users WHERE id = $1', [user!.id]);
  });
  return { client, load };
}

interface UserRow {
  id: string | number;
  email: string;
  mentorId: string | number | null;
}

async function typeormClient(schema: 'legacy' | 'uuid_ids'): Promise<{ source: DataSource; load: Load }> {
  const id =
    schema === 'legacy'
      ? ({ type: 'int', generated: 'increment' } as const)
      : ({ type: 'uuid', generated: 'uuid' } as const);
  const source = new DataSource({
    type: 'postgres',
    url: club.url,
    extra: { options: `-c search_path=${schema},public` },
    entities: [
      new EntitySchema<UserRow>({
        name: 'user',
        tableName: 'users',
        columns: {
          id: { ...id, primary: true },
          email: { type: 'varchar' },
          mentorId: { type: id.type, nullable: true },
        },
      }),
    ],
  });
  await source.initialize();
  const users: Repository<UserRow> = source.getRepository<UserRow>('user');
  const load = keepDoing(async (turn) => {
    const email = `typeorm ${schema} ${turn}@club.example`;
    const saved = await users.save(users.create({ email }));
    const other = await users.save(users.create({ email: `other ${email}`, mentorId: saved.id }));
    const found = await users.findOneByOrFail({ id: other.id });
    expect(found.mentorId).toBe(saved.id);
    await users.update({ id: other.id }, { mentorId: null });
    await users.remove(other);
  });
  return { source, load };
}

it('no client sees an error, and every row has both halves', async () => {
  const [old, young] = [await preparedClient('legacy'), await preparedClient('uuid_ids')];
  const [oldOrm, youngOrm] = [await typeormClient('legacy'), await typeormClient('uuid_ids')];
  const loads = [old.load, young.load, oldOrm.load, youngOrm.load];
  const moreRounds = async () => {
    const before = loads.map((load) => load.rounds());
    await waitUntil('every client has come round', async () =>
      loads.every((load, index) => load.rounds() > before[index]! + 3) ? true : undefined,
    );
  };
  try {
    await Promise.race([moreRounds(), ...loads.map((load) => load.failed)]);
    for (const to of ['uuid', 'numeric', 'uuid'] as const) {
      await switchShape(club.database, CLUB, to, (facts, shape) => pairingFunctions(CLUB, facts, shape));
      await Promise.race([moreRounds(), ...loads.map((load) => load.failed)]);
    }
  } finally {
    const ends = await Promise.allSettled(loads.map((load) => load.stop()));
    await Promise.all([
      old.client.end(),
      young.client.end(),
      oldOrm.source.destroy(),
      youngOrm.source.destroy(),
    ]);
    expect(ends).toEqual(ends.map(() => ({ status: 'fulfilled', value: undefined })));
  }
  await requireProof(club.database, CLUB, 'uuid');
});
