import type { Migration } from '../model';
import { drawnFolder } from '../testing/drawn-state';
import { squashRange } from './squash-range';

/** With room for a squash after each of them. */
const folder = (...drawn: string[]): Migration[] =>
  drawnFolder(...drawn).map((migration) => ({ ...migration, timestamp: migration.timestamp * 10 }));

const members = (from: string | undefined, to: string | undefined, ...drawn: string[]) =>
  squashRange({ service: 'user', folder: folder(...drawn), from, to }).members.map(({ name }) => name);

describe('a migration with a gate', () => {
  it('is not squashed where databases with rows would run the squash', () => {
    expect(() => members('B2', undefined, 'A', 'B', 'C!contract')).toThrow(
      expect.objectContaining({
        code: 'CANNOT_SQUASH',
        message:
          'user: C3 runs only with --allow contract, and a squash has no gate. A database that stands before B2 would run it on ' +
          'its rows without being asked. Squash up to before C3 (--to), or from the beginning (without --from): then it runs in ' +
          'new databases alone.',
      }),
    );
  });

  it('is squashed from the beginning, where only new databases run it', () => {
    expect(members(undefined, undefined, 'A', 'B', 'C!contract')).toEqual(['A1', 'B2', 'C3']);
  });

  it('counts a squash as the beginning, when it stands for all before it', () => {
    expect(members('AB3', undefined, 'A', 'B', 'AB=A1,B2', 'C!contract')).toEqual(['AB3', 'C4']);
    expect(() => members('C4', undefined, 'A', 'B', 'AB=A1,B2', 'C!switch', 'D')).toThrow(
      'C4 runs only with',
    );
  });

  it('hinders nobody outside the range', () => {
    expect(members('B2', 'C3', 'A!switch', 'B', 'C', 'D!contract')).toEqual(['B2', 'C3']);
  });
});
