import 'reflect-metadata';
import { IsArray, IsInt, IsString, MinLength, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { defineEvent, nextVersion } from './event-contract';
import { EventRegistry } from './event-registry';

class TeamRenamed {
  @IsString()
  @MinLength(1)
  name!: string;
}
class TeamRenamedWithSeason extends TeamRenamed {
  @IsString()
  season!: string;
}
class Player {
  @IsInt()
  number!: number;
}
class LineUpPublished {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Player)
  players!: Player[];
}

const first = defineEvent({ service: 'user-service', aggregate: 'team', verb: 'renamed', data: TeamRenamed });
const second = nextVersion(first, TeamRenamedWithSeason, ({ name }) => ({ name, season: 'unknown' }));
const third = nextVersion(second, TeamRenamedWithSeason, ({ name, season }) => ({
  name: name.toUpperCase(),
  season,
}));
const lineUp = defineEvent({
  service: 'user-service',
  aggregate: 'line-up',
  verb: 'published',
  data: LineUpPublished,
});
const registry = new EventRegistry([third, lineUp]);

it('knows every version of what it was given, by subject', () => {
  expect(registry.contracts.map(({ subject }) => subject)).toEqual([
    'user-service.team.renamed.v3',
    'user-service.team.renamed.v2',
    'user-service.team.renamed.v1',
    'user-service.line-up.published.v1',
  ]);
  expect(registry.contractOf('user-service.team.renamed.v2')).toBe(second);
});

it('hands out old data as the newest version has them', () => {
  expect(registry.read(first.subject, { name: 'Bears' })).toEqual({
    contract: third,
    data: { name: 'BEARS', season: 'unknown' },
  });
  expect(registry.read(third.subject, { name: 'Bears', season: '2026/27' }).data).toEqual({
    name: 'Bears',
    season: '2026/27',
  });
});

it('leaves out what the contract does not name', () => {
  expect(registry.read(first.subject, { name: 'Bears', password: 'x' }).data).not.toHaveProperty('password');
});

it.each([
  ['user-service.team.renamed.v4', 'EVENT_VERSION_UNKNOWN', /it knows v1, v2, v3/],
  ['user-service.team.dissolved.v1', 'EVENT_UNKNOWN', /user-service\.team\.dissolved\.v1/],
  ['nonsense', 'EVENT_UNKNOWN', /nonsense/],
])('refuses %s', (subject, code, message) => {
  expect(() => registry.read(subject, {})).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});

it.each([
  ['no object', 7, /it must be an object/],
  ['a list', [], /it must be an object/],
  ['nothing', null, /it must be an object/],
  ['a fault', { name: '' }, /name breaks minLength/],
  ['something missing', {}, /name breaks .*isString/],
])('refuses data that are %s, without repeating them', (_what, data, message) => {
  expect(() => registry.read(first.subject, data)).toThrow(
    expect.objectContaining({ code: 'EVENT_DATA_INVALID', message: expect.stringMatching(message) }),
  );
});

it('names a fault deep inside', () => {
  expect(() => registry.read(lineUp.subject, { players: [{ number: 1 }, { number: 'secret' }] })).toThrow(
    'user-service.line-up.published.v1: players.1.number breaks isInt',
  );
});

it('refuses an upcast whose result the next version does not allow', () => {
  const broken = nextVersion(first, TeamRenamedWithSeason, ({ name }) => ({ name }) as TeamRenamedWithSeason);
  expect(() => new EventRegistry([broken]).read(first.subject, { name: 'Bears' })).toThrow(
    'user-service.team.renamed.v2: season breaks isString',
  );
});

it('refuses declarations that contradict each other', () => {
  const twin = defineEvent({
    service: 'user-service',
    aggregate: 'team',
    verb: 'renamed',
    data: TeamRenamed,
  });
  const fork = nextVersion(first, TeamRenamed, (old) => old);
  expect(() => new EventRegistry([first, twin])).toThrow('user-service.team.renamed.v1 is declared twice');
  expect(() => new EventRegistry([second, fork])).toThrow('user-service.team.renamed.v2 is declared twice');
});

it.each(['Team', 'team.name', 'team*', '', 'team-'])('refuses %j as a name', (aggregate) => {
  expect(() =>
    defineEvent({ service: 'user-service', aggregate, verb: 'renamed', data: TeamRenamed }),
  ).toThrow(RangeError);
});
