import { startTemporaryPostgres, type TemporaryPostgres } from '@hockey-hub/dev-services';
import { withClient } from '../../databases';
import { useWalOnce } from './use-wal-once';

const SEGMENTS = 20;

let server: TemporaryPostgres;
beforeAll(async () => {
  // A checkpoint comes after 11 segments.
  server = await startTemporaryPostgres({ settings: { min_wal_size: '320MB', max_wal_size: '320MB' } });
});
afterAll(() => server?.stop());

it('leaves as many segments as the server keeps, and its settings as they were', async () => {
  await withClient(server.url, async (admin) => {
    await useWalOnce(admin);
    const { rows } = await admin.query<{ segments: number; size: string; sizeSetAgain: boolean }>(
      `SELECT (SELECT count(*)::int FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$') AS segments,
              current_setting('max_wal_size') AS size,
              EXISTS (SELECT FROM pg_file_settings WHERE name = 'max_wal_size' AND sourcefile LIKE '%auto.conf') AS "sizeSetAgain"`,
    );
    expect(rows[0]).toMatchObject({ size: '320MB', sizeSetAgain: false });
    expect(rows[0]!.segments).toBeGreaterThanOrEqual(SEGMENTS);
  });
}, 60_000);
