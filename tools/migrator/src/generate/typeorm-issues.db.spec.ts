/** What users of TypeORM's own generator have lost, or been asked to apply again and again. */
import { createEntityWorkspace, statementsOf, type EntityWorkspace } from '../testing/entity-workspace';

const opened: EntityWorkspace[] = [];
afterEach(async () => {
  while (opened.length > 0) await opened.pop()?.fixture.remove();
});

async function open(...[spec]: Parameters<typeof createEntityWorkspace>): Promise<EntityWorkspace> {
  const workspace = await createEntityWorkspace(spec);
  opened.push(workspace);
  return workspace;
}

const CLUB = (columns: string) => `
@Entity('clubs')
class Club {
  @PrimaryColumn('int') id!: number;
  ${columns}
}
`;

describe('issue 3357: a column whose type or length changes is dropped and made again, empty', () => {
  it.each([
    ['a length', `'varchar', { length: 50 }`, `'varchar', { length: 100 }`, 'Ada', 'Ada'],
    ['a type', `'int'`, `'bigint'`, '7', '7'],
    ['an array of another type', `'int', { array: true }`, `'bigint', { array: true }`, '{7}', '{7}'],
    [
      'a precision',
      `'numeric', { precision: 5, scale: 1 }`,
      `'numeric', { precision: 8, scale: 2 }`,
      '1.5',
      '1.50',
    ],
  ])('%s', async (_, before, after, value, expected) => {
    const initial = await open({ entities: CLUB(`@Column(${before}) c!: unknown;`) });
    await initial.generate({ name: 'InitialSchema' });
    const workspace = await open({
      entities: CLUB(`@Column(${after}) c!: unknown;`),
      migrations: await initial.migrations(),
    });
    await workspace.migrate();
    await workspace.fixture.query('user-service', `INSERT INTO clubs VALUES (1, '${value}')`);
    const byTypeOrm = await workspace.differencesByTypeOrm();

    await workspace.generate({ name: 'Change' });
    expect((await workspace.migrate()).exitCode).toBe(0);
    expect(await workspace.fixture.query('user-service', 'SELECT c::text AS c FROM clubs')).toEqual([
      { c: expected },
    ]);
    expect(await workspace.differencesByTypeOrm()).toEqual([]);
    // The day this fails, TypeORM has mended it.
    expect(byTypeOrm.join()).toMatch(/DROP COLUMN|ALTER COLUMN/);
  });
});

it('issue 3076: the same difference is generated again and again', async () => {
  const workspace = await open({
    entities: `
@Entity('clubs')
@Check('ck_seats', '"seats" BETWEEN 1 AND 100 AND "seats" <> 13')
@Index('ix_open', ['name'], { where: "name IN ('a', 'b') AND seats BETWEEN 2 AND 3" })
class Club {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('varchar', { length: 30, default: 'x' }) name!: string;
  @Column('int', { default: 25 }) seats!: number;
  @Column('enum', { enum: ['a', 'b'], array: true, default: ['a'] }) tags!: string[];
  @Column('enum', { enum: ['a', 'b c'], default: 'b c' }) tag!: string;
  @Column('jsonb', { default: () => "'{\\"a\\": [1, 2]}'" }) json!: unknown;
  @Column('jsonb', { default: { b: 1 } }) object!: unknown;
  @Column('numeric', { precision: 5, scale: 2, default: 0 }) share!: string;
  @Column('timestamptz', { precision: 3, default: () => 'now()' }) at!: Date;
  @Column('timestamp', { default: () => 'CURRENT_TIMESTAMP' }) on!: Date;
  @Column('text', { array: true, default: [] }) notes!: string[];
  @Column('interval', { default: '1 day' }) time!: unknown;
  @Column('boolean', { default: false }) open!: boolean;
  @Column('char', { length: 3, default: 'abc' }) code!: string;
}
`,
  });
  await workspace.generate({ name: 'InitialSchema' });
  expect(await workspace.generate({ name: 'Again' })).toEqual({
    exitCode: 0,
    printed: 'user-service: entities and migrations agree; nothing was written.',
  });
  const [text = ''] = Object.values(await workspace.migrations());
  expect(statementsOf(text, 'up')).toContainEqual(
    expect.stringContaining(`"share" numeric(5,2) not null default`),
  );
});
