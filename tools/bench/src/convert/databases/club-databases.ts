/**
 * Owns the databases that are converted: a pair that is seeded once and never touched again, and a copy of it for each run. On the
 * bench's own server, under names that nobody else has.
 */
import { randomBytes } from 'node:crypto';
import { DATABASES, SERVICE_OF, type DatabaseUrls } from '@hockey-hub/conversion-clients';
import { LARGE_CLUB_INDEXES, seedLegacyClubs } from '@hockey-hub/legacy-clubs';
import { escapeIdentifier, type Client } from 'pg';
import { withClient } from '../../databases';

/** Some rows of the seed refer to nobody; with so many there are 6 for each user that refer to one, half in each database. */
const ROWS_PER_USER = 6.3;
const SEED = 7;

export interface SeededPair {
  readonly urls: DatabaseUrls;
  /** Of all tables in both databases. */
  readonly rows: number;
  /** Users, and rows that refer to them: what is converted. */
  readonly convertedRows: number;
}

/** Databases under the names made here; all of them are dropped by `drop`. */
export class ClubDatabases {
  private readonly prefix = `bench_convert_${randomBytes(4).toString('hex')}`;
  private readonly made = new Set<string>();

  constructor(
    private readonly admin: Client,
    private readonly serverUrl: string,
  ) {}

  async seed(users: number): Promise<SeededPair> {
    const urls = this.urlsOf(`seed_${users}`);
    for (const url of [urls.user, urls.training]) await this.create(url, 'template0');
    const seeded = await seedLegacyClubs({
      ...{ userUrl: urls.user, trainingUrl: urls.training, users, seed: SEED },
      ...{ dirt: false, referringRowsPerUser: ROWS_PER_USER },
    });
    for (const database of DATABASES) {
      await withClient(urls[database], async (client) => {
        for (const sql of LARGE_CLUB_INDEXES[SERVICE_OF[database]]) await client.query(sql);
        await client.query('VACUUM (ANALYZE)');
      });
    }
    const rows = Object.values(seeded.rows).flatMap((tables) => Object.values(tables));
    return {
      urls,
      rows: rows.reduce((sum, count) => sum + count, 0),
      convertedRows: seeded.users + seeded.referringRows,
    };
  }

  /** A new copy of the pair, page by page; the server has nothing left to write when it is there. */
  async copy(pair: SeededPair): Promise<DatabaseUrls> {
    const urls = this.urlsOf('run');
    for (const database of DATABASES) await this.create(urls[database], nameIn(pair.urls[database]));
    await this.admin.query('CHECKPOINT');
    return urls;
  }

  async drop(urls: DatabaseUrls): Promise<void> {
    for (const database of DATABASES) await this.dropDatabase(nameIn(urls[database]));
  }

  async dropAll(): Promise<void> {
    for (const name of this.made) await this.dropDatabase(name);
  }

  private urlsOf(what: string): DatabaseUrls {
    const urlOf = (database: string): string => {
      const url = new URL(this.serverUrl);
      url.pathname = `/${this.prefix}_${what}_${database}`;
      return url.href;
    };
    return { user: urlOf('user'), training: urlOf('training') };
  }

  private async create(url: string, template: string): Promise<void> {
    const name = nameIn(url);
    await this.admin.query(
      `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)} STRATEGY file_copy`,
    );
    this.made.add(name);
  }

  private async dropDatabase(name: string): Promise<void> {
    await this.admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    this.made.delete(name);
  }
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);
