import { drawnFolder } from '../testing/drawn-state';
import { carriedDependencies, type Folders } from './carried-dependencies';

/** Of the migrations of the first service, all are squashed. */
function carried(drawn: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const folders: Folders = new Map(
    Object.entries(drawn).map(([name, migrations]) => [
      { name, root: `apps/${name}`, dependsOn: [] },
      drawnFolder(...migrations).map((migration) => ({ ...migration, service: name })),
    ]),
  );
  const [members = []] = folders.values();
  return carriedDependencies({ members, timestamp: members.length + 1 }, 'Together', folders);
}

const refused = (circle: string) =>
  expect.objectContaining({
    code: 'CANNOT_SQUASH',
    message:
      'user: these migrations go back and forth with other services. As one they would wait for themselves:\n' +
      `  ${circle}\n` +
      'Squash what comes before and what comes after apart from each other (--from, --to).',
  });

it('waits for all that its members waited for, once, and never for one of them', () => {
  const drawn = {
    user: ['A: training:B', 'C: training:B medical:D user:A'],
    training: ['B'],
    medical: ['D'],
  };
  expect(carried(drawn)).toEqual(['training:B', 'medical:D']);
});

it('refuses what would wait for itself through another service, also through what comes before there', () => {
  const drawn = { user: ['A', 'B: training:Late'], training: ['Early: user:A', 'Late'] };
  expect(() => carried(drawn)).toThrow(
    refused('user:Together3 -> training:Late2 -> training:Early1 -> user:Together3'),
  );
});

it('refuses what would wait for itself through a third service', () => {
  const drawn = { user: ['A', 'B: game:Fill'], training: ['Fill: user:A'], game: ['Fill: training:Fill'] };
  expect(() => carried(drawn)).toThrow(
    refused('user:Together3 -> game:Fill1 -> training:Fill1 -> user:Together3'),
  );
});

it('sees through the name of a migration that one of the members replaced', () => {
  const drawn = { user: ['AB=A,B', 'C: training:Fill'], training: ['Fill: user:A'] };
  expect(() => carried(drawn)).toThrow(refused('user:Together3 -> training:Fill1 -> user:Together3'));
});

it('does not mind what waits for it alone, or circles that are not its own', () => {
  const drawn = {
    user: ['A', 'B: training:Early'],
    training: ['Early', 'Late: user:A'],
    game: ['C: medical:D'],
    medical: ['D: game:C'],
  };
  expect(carried(drawn)).toEqual(['training:Early']);
});
