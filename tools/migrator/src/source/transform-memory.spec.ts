import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Remembered = (root: string, filename: string, code: string, transform: () => string) => string;
const { remembered } = jest.requireActual<{ remembered: Remembered }>('./transform-memory');

let root: string;
let transforms: number;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'transform-memory-'));
  writeFileSync(join(root, '.swcrc'), '{}');
  transforms = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

const transformed = (filename: string, code: string) =>
  remembered(root, filename, code, () => {
    transforms += 1;
    return `of ${code}`;
  });
const cache = () => join(root, 'node_modules/.cache/hockey-hub-migrator');

it('transforms what it has not seen, and gives back what it has', () => {
  expect(transformed('/a.ts', 'one')).toBe('of one');
  expect(transformed('/a.ts', 'one')).toBe('of one');
  expect(transforms).toBe(1);
  expect(transformed('/b.ts', 'one')).toBe('of one');
  expect(transforms).toBe(2);
});

it('transforms a changed file, and keeps one answer for each', () => {
  transformed('/a.ts', 'one');
  expect(transformed('/a.ts', 'two')).toBe('of two');
  expect(transformed('/a.ts', 'one')).toBe('of one');
  expect(transforms).toBe(3);
  expect(readdirSync(cache())).toHaveLength(1);
});

it('does not believe a file that was not written to its end', () => {
  transformed('/a.ts', 'one');
  const [file = ''] = readdirSync(cache());
  const path = join(cache(), file);
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, -1));
  expect(transformed('/a.ts', 'one')).toBe('of one');
  expect(transforms).toBe(2);
});

it('works where nothing can be kept', () => {
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'node_modules/.cache'), 'a file, no folder');
  expect(transformed('/a.ts', 'one')).toBe('of one');
  expect(transformed('/a.ts', 'one')).toBe('of one');
  expect(transforms).toBe(2);
});
