/** Pure: a service's history -> the text of its CHANGELOG.md, and back: under which release a migration stands in one. */
import type { MigrationFile, Service } from '../model';
import type { HistoryEntry } from './history';
import { newestFirst } from './releases';

/** The release that each migration belongs to. */
export type Released = HistoryEntry & { readonly release: string };

const NOTHING = { breaking: false, text: 'changes neither the schema nor rows' };

export function renderChangelog(service: Service, entries: readonly Released[]): string {
  const releases = newestFirst([...new Set(entries.map(({ release }) => release))], service.name);
  const blocks = [
    `# Changes of ${service.name}'s database`,
    'Newest first; in each release, what breaks clients of the database comes first: what was removed, renamed or narrowed. ' +
      `Written from what the migrations do by \`nx run ${service.name}:migration-changelog\`; changes by hand are lost. ` +
      'The schema as it is now: [SCHEMA.md](SCHEMA.md).',
    ...releases.flatMap((release) => {
      const newest = entries.filter((entry) => entry.release === release).reverse();
      return [
        `## ${release}`,
        ...section('Breaking', service, newest, true),
        ...section('Other changes', service, newest, false),
      ];
    }),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function section(title: string, service: Service, entries: readonly Released[], breaking: boolean): string[] {
  const blocks = entries.flatMap(({ migration, facts }) => {
    const told = (facts.length > 0 ? facts : [NOTHING]).filter((fact) => fact.breaking === breaking);
    if (told.length === 0) return [];
    return [heading(migration, service), told.map(({ text }) => `- ${text}`).join('\n')];
  });
  return blocks.length > 0 ? [`### ${title}`, ...blocks] : [];
}

/** A link from the service's folder. */
function heading({ name, file }: MigrationFile, { root }: Service): string {
  return `#### [${name}](${file.slice(root.length + 1)})`;
}

/** What a changelog says of each migration's release, by the migration's name. */
export function recordedReleases(changelog: string): Map<string, string> {
  const recorded = new Map<string, string>();
  let release = '';
  for (const line of changelog.split('\n')) {
    const [, title, migration] = /^## (.+?)\r?$|^#### \[(\w+)\]/.exec(line) ?? [];
    if (title !== undefined) release = title;
    else if (migration !== undefined) recorded.set(migration, release);
  }
  return recorded;
}
