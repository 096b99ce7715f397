import type { IdConversion } from '../declaration';
import { declarationFile } from './declaration-file';
import { parseReference } from './parse-reference';
import { phaseFiles } from './phase-files';

const PLAYERS: IdConversion = {
  ...{ name: 'club-players', service: 'user-service', owner: 'user-service' },
  keys: [{ table: 'club.players', column: 'id' }],
  references: [
    { kind: 'json', table: 'lines', column: 'players', to: 'club.players', path: 'forwards[*].id' },
    { kind: 'column', table: "coach's", column: 'id', to: 'club.players', dangling: 'set-null' },
  ],
};

describe('a reference as an option', () => {
  const column = 'service=a-service table=notes column=by kind=column';

  test.each([
    [column, { kind: 'column', table: 'notes', column: 'by', to: 'users' }],
    [
      '  service=a-service   table=notes column=by kind=polymorphic typeColumn=what typeValue=user dangling=quarantine ',
      {
        ...{ kind: 'polymorphic', table: 'notes', column: 'by', to: 'users' },
        ...{ typeColumn: 'what', typeValue: 'user', dangling: 'quarantine' },
      },
    ],
    [
      'service=a-service table=notes column=by kind=json path=a.b[*]=c to=teams',
      { kind: 'json', table: 'notes', column: 'by', to: 'teams', path: 'a.b[*]=c' },
    ],
  ])('%s', (text, reference) => {
    expect(parseReference(text, 'users')).toEqual({ service: 'a-service', reference });
  });

  test.each([
    ['notes.by', '"notes.by" is not name=value'],
    ['service=a-service service=b-service', 'service is there twice'],
    [`${column} path=x`, 'path means nothing for the kind column'],
    ['service=a-service table=notes kind=json', 'column and path missing'],
    [
      'service=a-service table=notes column=by kind=set',
      'kind is "set"; it is one of column, array, json, polymorphic',
    ],
    [`${column} dangling=drop`, 'dangling is "drop"; it is one of fail, quarantine, set-null'],
  ])('%s is refused', (text, problem) => {
    expect(() => parseReference(text, 'users')).toThrow(`--reference "${text}": ${problem}. For example: `);
  });

  test('says whose numbers they are, when several tables are converted', () => {
    expect(() => parseReference(column, undefined)).toThrow('`to` must say whose numbers these are');
  });
});

test('a declaration is a file that a person could have written', () => {
  expect(declarationFile(PLAYERS))
    .toBe(`import type { IdConversion } from '@hockey-hub/migrator/src/conversion';

/** What user-service has of the id conversion \`club-players\`. */
export const clubPlayers: IdConversion = {
  name: 'club-players',
  service: 'user-service',
  owner: 'user-service',
  keys: [
    { table: 'club.players', column: 'id' },
  ],
  references: [
    { kind: 'json', table: 'lines', column: 'players', to: 'club.players', path: 'forwards[*].id' },
    { kind: 'column', table: "coach's", column: 'id', to: 'club.players', dangling: 'set-null' },
  ],
};
`);
});

test('the phases say what they wait for: the referrer for the map, the owner with the numbers until everybody is done', () => {
  const owner = phaseFiles(PLAYERS, { timestamp: 1796000000000, referrers: ['training-service'] });
  const referrer = phaseFiles(
    { ...PLAYERS, service: 'training-service' },
    { timestamp: 1796000000000, referrers: ['training-service'] },
  );
  const statics = (files: typeof owner) =>
    files.map(({ text }) => text.match(/^ {2}static (?!transaction).*$/gm) ?? []);
  expect(statics(owner)).toEqual([
    [],
    [],
    [],
    [`  static gate = 'switch';`],
    [`  static gate = 'contract';`, `  static dependsOn = ['training-service:ClubPlayersRemoveNumericIds'];`],
  ]);
  expect(statics(referrer)).toEqual([
    [],
    [`  static dependsOn = ['user-service:ClubPlayersGenerateUuids'];`],
    [],
    [`  static gate = 'switch';`],
    [`  static gate = 'contract';`],
  ]);
  expect(owner.every(({ text }) => text.includes('static transaction = false;'))).toBe(true);
  expect(owner.map(({ fileName }) => fileName)).toContain('1796000000003-ClubPlayersSwitchPrimaryKeys.ts');
});
