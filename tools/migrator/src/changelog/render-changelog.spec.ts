import type { MigrationFile } from '../model';
import { formatted } from '../testing/formatted';
import { breaking, harmless, type Fact } from './fact';
import { recordedReleases, renderChangelog, type Released } from './render-changelog';

const SERVICE = { name: 'user-service', root: 'apps/user-service', dependsOn: [] };

const entry = (name: string, release: string, ...facts: Fact[]): Released => ({
  migration: { name, file: `apps/user-service/src/migrations/${name}.ts` } as MigrationFile,
  facts,
  release,
});

const TEXT = renderChangelog(SERVICE, [
  entry('Initial1', 'v1.0.0', harmless('table `users` added: `id`')),
  entry(
    'Rename2',
    'v1.1.0',
    breaking('column `users.name` renamed to `full_name`'),
    harmless('rows changed in `users`'),
  ),
  entry('Seed3', 'v1.1.0', harmless('rows added to `roles`')),
  entry('Nothing4', 'Unreleased'),
]);

it('groups by release, the newest first, and begins each with what breaks', () => {
  expect(TEXT.slice(TEXT.indexOf('## Unreleased'))).toBe(`## Unreleased

### Other changes

#### [Nothing4](src/migrations/Nothing4.ts)

- changes neither the schema nor rows

## v1.1.0

### Breaking

#### [Rename2](src/migrations/Rename2.ts)

- column \`users.name\` renamed to \`full_name\`

### Other changes

#### [Seed3](src/migrations/Seed3.ts)

- rows added to \`roles\`

#### [Rename2](src/migrations/Rename2.ts)

- rows changed in \`users\`

## v1.0.0

### Other changes

#### [Initial1](src/migrations/Initial1.ts)

- table \`users\` added: \`id\`
`);
});

it('is as the formatter wants it, whatever is in a definition', async () => {
  expect(await formatted(TEXT)).toBe(TEXT);
  const odd = renderChangelog(SERVICE, [
    entry(
      'Odd1',
      'Unreleased',
      breaking("`users`: check `ck` added: `CHECK (name ~ '^[$](a|b)*_x_[abxy]<br>' AND a * b > 1)`"),
    ),
  ]);
  expect(await formatted(odd)).toBe(odd);
});

it('can be read again: which migration stands under which release', () => {
  const releases = { Initial1: 'v1.0.0', Rename2: 'v1.1.0', Seed3: 'v1.1.0', Nothing4: 'Unreleased' };
  expect(Object.fromEntries(recordedReleases(TEXT))).toEqual(releases);
  expect(recordedReleases('')).toEqual(new Map());
});

it('is a file also before there is a migration', async () => {
  const text = renderChangelog(SERVICE, []);
  expect(await formatted(text)).toBe(text);
});
