import { existsSync } from 'node:fs';
import { locateBinaries } from './locate-binaries';
import { postgresMajors } from './model';

test.each(postgresMajors)('finds the programs of Postgres %i that npm installed here', (major) => {
  const binaries = locateBinaries(major);
  expect(binaries.version).toMatch(new RegExp(`^${major}\\.`));
  expect([binaries.initdb, binaries.pgCtl, binaries.postgres].filter(existsSync)).toHaveLength(3);
});

test('says what to do on a platform without a package', () => {
  expect(() => locateBinaries(18, 'freebsd', 'x64')).toThrow(
    expect.objectContaining({
      code: 'PLATFORM_NOT_SUPPORTED',
      message:
        'there is no embedded Postgres for freebsd-x64; install Postgres 18 yourself and set DATABASE_URL',
    }),
  );
});

test('says what to do when the package for this platform was left out', () => {
  const elsewhere = process.platform === 'win32' ? 'linux' : 'win32';
  expect(() => locateBinaries(18, elsewhere, 'x64')).toThrow(
    expect.objectContaining({ code: 'BINARIES_NOT_INSTALLED', message: expect.stringContaining('npm ci') }),
  );
});
