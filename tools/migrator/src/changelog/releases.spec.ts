import { MigratorError } from '../errors';
import type { MigrationFile } from '../model';
import type { GitHistory } from './git-history';
import { checkAnnouncement, newestFirst, releaseReader, type ReleaseSources } from './releases';

const SERVICE = 'user-service';

/** `['d: c b v2.0.0']` is commit d, with the parents c and b and a tag; newest first, as git tells them. A commit adds the file of its name. */
function history(...drawn: string[]): GitHistory {
  const commits = drawn.map((line) => {
    const [id = '', rest = ''] = line.split(':');
    const words = rest.split(' ').filter(Boolean);
    return {
      id,
      parents: words.filter((word) => word.length === 1),
      tags: words.filter((word) => word.length > 1),
    };
  });
  return { commits, addedIn: new Map(commits.map(({ id }) => [`${id}.ts`, id])) };
}

const migration = (name: string) => ({ name, file: `${name}.ts` }) as MigrationFile;

function releases(sources: Partial<ReleaseSources>, ...names: string[]): string[] {
  return names.map((name) => releaseReader(SERVICE, { recorded: new Map(), ...sources })(migration(name)));
}

it('is the first version that contains the commit, also when later ones do', () => {
  const git = history('d: c', 'c: b v1.1.0', 'b: a v1.0.0', 'a:');
  expect(releases({ git }, 'a', 'b', 'c', 'd', 'uncommitted')).toEqual([
    'v1.0.0',
    'v1.0.0',
    'v1.1.0',
    'Unreleased',
    'Unreleased',
  ]);
});

it('compares versions as versions, and prereleases come before their release', () => {
  const git = history('c: b v1.10.0', 'b: a v1.9.0', 'a: v1.9.0-rc.1');
  expect(releases({ git }, 'a', 'b', 'c')).toEqual(['v1.9.0-rc.1', 'v1.9.0', 'v1.10.0']);
  expect(newestFirst(['v1.9.0', 'v1.10.0', 'Unreleased', 'v1.9.0-rc.1'], SERVICE)).toEqual([
    'Unreleased',
    'v1.10.0',
    'v1.9.0',
    'v1.9.0-rc.1',
  ]);
});

/**
 *   a --- b ---------- d (v2.0.0)
 *    `--- c (v1.0.1) --´
 */
it('follows branches: what was merged before a release is in it, and a fix is in the release of its branch', () => {
  const git = history('d: b c v2.0.0', 'c: a v1.0.1', 'b: a', 'a: v1.0.0');
  expect(releases({ git }, 'a', 'b', 'c', 'd')).toEqual(['v1.0.0', 'v2.0.0', 'v1.0.1', 'v2.0.0']);
});

it('takes the tags of this service and of everything, and no others', () => {
  const git = history(
    'd: c training-service@3.0.0',
    'c: b user-service@1.1.0',
    'b: a 1.0.0',
    'a: deployed-2026 v1',
  );
  expect(releases({ git }, 'a', 'b', 'c', 'd')).toEqual([
    '1.0.0',
    '1.0.0',
    'user-service@1.1.0',
    'Unreleased',
  ]);
});

describe('a release that is announced', () => {
  const git = history('b: a', 'a: v1.0.0');

  it('takes what no tag contains', () => {
    expect(releases({ git, announced: 'v1.1.0' }, 'a', 'b', 'uncommitted')).toEqual([
      'v1.0.0',
      'v1.1.0',
      'v1.1.0',
    ]);
  });

  it('stands in the changelog until there is a tag', () => {
    const recorded = new Map([
      ['a', 'v0.9.0'],
      ['b', 'v1.1.0'],
    ]);
    expect(releases({ git, recorded }, 'a', 'b')).toEqual(['v1.0.0', 'v1.1.0']);
    expect(releases({ git, recorded, announced: 'v1.2.0' }, 'b')).toEqual(['v1.2.0']);
    const tagged = history('b: a v2.0.0', 'a: v1.0.0');
    expect(releases({ git: tagged, recorded }, 'b')).toEqual(['v2.0.0']);
  });

  it('is no word that somebody wrote into the changelog, and no release that exists', () => {
    const recorded = new Map([
      ['b', 'v1.0.0'],
      ['uncommitted', 'soon'],
    ]);
    expect(releases({ git, recorded }, 'b', 'uncommitted')).toEqual(['Unreleased', 'Unreleased']);
  });

  it('must be a version, and a new one', () => {
    expect(() => checkAnnouncement('soon', SERVICE, git)).toThrow(
      new MigratorError(
        'BAD_OPTION',
        '--release soon is no version of user-service. It looks like v1.2.0, or user-service@1.2.0.',
      ),
    );
    expect(() => checkAnnouncement('v1.0.0', SERVICE, git)).toThrow('--release v1.0.0 is a tag already');
    expect(() => checkAnnouncement('v1.1.0', SERVICE, git)).not.toThrow();
  });
});

it('is what the changelog says where there is no history', () => {
  expect(releases({ recorded: new Map([['a', 'v1.0.0']]) }, 'a', 'b')).toEqual(['v1.0.0', 'Unreleased']);
});
