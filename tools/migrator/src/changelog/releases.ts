/**
 * Pure: which release a migration came with: the first version tag that contains the commit which added its file.
 *
 * The changelog of a release is committed before its tag is made. So what no tag contains yet can be announced (`--release
 * v1.2.0`), and an announcement stands in the changelog itself until the tag takes its place.
 */
import semver from 'semver';
import { MigratorError } from '../errors';
import type { MigrationFile } from '../model';
import type { Commit, GitHistory } from './git-history';

export const UNRELEASED = 'Unreleased';

/** A migration's release: a tag's name, one that is announced, or `UNRELEASED`. */
export type ReleaseOf = (migration: MigrationFile) => string;

export interface ReleaseSources {
  /** Undefined where there is none to read: then only the changelog knows. */
  readonly git?: GitHistory;
  /** The release to come. */
  readonly announced?: string;
  /** What the changelog on disk says, by the migration's name. */
  readonly recorded: ReadonlyMap<string, string>;
}

/** `v1.2.0` and `1.2.0` are releases of everything, `user-service@1.2.0` of that service alone. Undefined for other tags. */
function versionOf(tag: string, service: string): semver.SemVer | undefined {
  const [, project, version] = /^(?:(.+)@)?(v?\d.*)$/.exec(tag) ?? [];
  if (version === undefined || (project !== undefined && project !== service)) return undefined;
  return semver.parse(version) ?? undefined;
}

/** @throws MigratorError BAD_OPTION for a name that is no version, or one that is a tag already */
export function checkAnnouncement(release: string, service: string, { commits }: GitHistory): void {
  if (!versionOf(release, service)) {
    throw new MigratorError(
      'BAD_OPTION',
      `--release ${release} is no version of ${service}. It looks like v1.2.0, or ${service}@1.2.0.`,
    );
  }
  if (commits.some(({ tags }) => tags.includes(release))) {
    throw new MigratorError(
      'BAD_OPTION',
      `--release ${release} is a tag already: what comes now belongs to a later one.`,
    );
  }
}

export function releaseReader(service: string, { git, announced, recorded }: ReleaseSources): ReleaseOf {
  if (!git) return ({ name }) => recorded.get(name) ?? UNRELEASED;
  const released = releasesOfCommits(git.commits, service);
  const tags = new Set(git.commits.flatMap((commit) => commit.tags));
  const announcedBefore = (name: string) => {
    const release = recorded.get(name);
    return release !== undefined && versionOf(release, service) && !tags.has(release) ? release : undefined;
  };
  return ({ name, file }) =>
    released.get(git.addedIn.get(file) ?? '') ?? announced ?? announcedBefore(name) ?? UNRELEASED;
}

/** Newest first, and before all of them what is not released. */
export function newestFirst(releases: readonly string[], service: string): string[] {
  return [...releases].sort((a, b) => {
    const [one, other] = [versionOf(a, service), versionOf(b, service)];
    if (!one || !other) return Number(Boolean(one)) - Number(Boolean(other));
    return semver.rcompare(one, other) || (a < b ? -1 : 1);
  });
}

/** Of every commit, the first release that contains it. */
function releasesOfCommits(commits: readonly Commit[], service: string): Map<string, string> {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const tagged = new Map(commits.flatMap(({ id, tags }) => tags.map((tag) => [tag, id] as const)));
  const releases = [...tagged.keys()].filter((tag) => versionOf(tag, service));
  const found = new Map<string, string>();
  for (const release of newestFirst(releases, service).reverse()) {
    const pending = [tagged.get(release)!];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (found.has(id)) continue;
      found.set(id, release);
      pending.push(...(byId.get(id)?.parents ?? []));
    }
  }
  return found;
}
