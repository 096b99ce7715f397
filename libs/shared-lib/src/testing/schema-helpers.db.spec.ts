import {
  itKeepsSchemaRules,
  itRefuses,
  NOBODY,
  NOT_NULL,
  TableRows,
  twice,
  useDatabase,
  useRows,
} from './index';
import { specimenDatabase } from './specimen/specimen-database';

describe('the rules of a schema', () => {
  itKeepsSchemaRules(useDatabase(specimenDatabase), { tables: ['clubs', 'squads'], foreignKeyCount: 1 });
});

describe('rows', () => {
  const context = useRows(specimenDatabase, TableRows);

  it.each(['first', 'second'])('are gone after each test: the %s', async (name) => {
    await context.rows.insert('clubs', { name });
    expect(await context.rows.count('clubs')).toBe(1);
    expect(await context.column('SELECT name FROM clubs')).toEqual([name]);
  });

  itRefuses(context, [
    ['a club without a name', NOT_NULL, ({ rows }) => rows.insert('clubs', { name: null })],
    ['an empty squad', 'ck_squads_size', ({ rows }) => rows.insert('squads', { name: 'U9', size: 0 })],
    [
      'a squad of no club',
      'fk_squads_club_id',
      ({ rows }) => rows.insert('squads', { name: 'U9', club_id: NOBODY }),
    ],
    [
      'two squads of a name',
      'uq_squads_club_id_name',
      async ({ rows }) => {
        const club_id = await rows.insert('clubs', { name: 'Bears' });
        await twice(() => rows.insert('squads', { name: 'U9', club_id }));
      },
    ],
  ]);
});
