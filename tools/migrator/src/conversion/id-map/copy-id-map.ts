/**
 * An id map from the owner's database to another service's, without events: part by part in the order of the numbers, each
 * compared before and after. What is there already is not sent again, so it may be killed, and be run again for new pairs.
 *
 * The rows go through as Postgres writes them (COPY, binary), and are never looked at here. They come into a temporary table
 * first, for the copy may have some of the pairs, from events or from an attempt before.
 */
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { MigratorError } from '../../errors';
import { backoffMs } from '../../pg/backoff';
import { inTransaction, transactionControlOf } from '../../pg/in-transaction';
import { isRetryable, SQLSTATE, sqlstateOf } from '../../pg/sqlstate';
import { FillSession, type OpenSession } from '../backfill/fill-session';
import type { ConversionDatabase } from '../conversion-database';
import { idMapOf } from '../names';
import { digestsAgree, mapDigest, type MapDigest, type MapPart } from './map-digest';

const PAIRS_AT_ONCE = 50_000;
/** New pairs may come into a part while it is compared; not for ever. */
const MOST_ATTEMPTS = 20;

export interface CopyOptions {
  /** Pairs that are compared and carried at once. */
  readonly pairsAtOnce?: number;
  /** After each part. */
  readonly onPart?: (copied: CopiedPart) => void;
}

export interface CopiedPart {
  readonly upTo: string;
  /** False when the copy had them already. */
  readonly wasCarried: boolean;
}

/**
 * Returns when the copy has every pair that the owner had when the call began, and no other up to there; pairs that are made
 * meanwhile may be missing: call it again.
 * @param table of the owner: `users`; both databases have a map of that name
 * @throws MigratorError ID_MAPS_DISAGREE, CANNOT_CONNECT
 */
export async function copyIdMap(
  from: ConversionDatabase,
  to: ConversionDatabase,
  table: string,
  { pairsAtOnce = PAIRS_AT_ONCE, onPart = () => undefined }: CopyOptions = {},
): Promise<void> {
  const owner = new FillSession(from);
  const referrer = new FillSession(to);
  const copy = new MapCopy(table, from.service, to.service);
  const both = <T>(work: (owner: OpenSession, referrer: OpenSession) => Promise<T>) =>
    owner.run((one) => referrer.run((other) => work(one, other)));
  try {
    const end = await owner.run((one) => copy.highest(one));
    for (let after: string | undefined; end !== undefined && after !== end;) {
      const begin: string | undefined = after;
      const upTo: string = await owner.run((one) =>
        copy.endOfPart(one, { after: begin, upTo: end }, pairsAtOnce),
      );
      const wasCarried = await both((one, other) => copy.part(one, other, { after: begin, upTo }));
      onPart({ upTo, wasCarried });
      after = upTo;
    }
    await both((one, other) => copy.expectNoMore(one, other, end));
  } finally {
    await owner.end();
    await referrer.end();
  }
}

class MapCopy {
  private readonly map: string;

  constructor(
    private readonly table: string,
    private readonly ownerName: string,
    private readonly referrerName: string,
  ) {
    this.map = idMapOf(table);
  }

  /** Undefined for a map without pairs. */
  async highest({ query }: OpenSession): Promise<string | undefined> {
    const [row] = await query<{ number: string | null }>(
      `SELECT max("number")::text AS "number" FROM ${this.map}`,
    );
    return row!.number ?? undefined;
  }

  async endOfPart({ query }: OpenSession, { after, upTo }: MapPart, pairs: number): Promise<string> {
    const [row] = await query<{ number: string }>(
      `SELECT "number"::text AS "number" FROM ${this.map}
        WHERE "number" <= $2::bigint ${after === undefined ? 'AND $1::bigint IS NULL' : 'AND "number" > $1::bigint'}
        ORDER BY ${this.map}."number" OFFSET $3::bigint LIMIT 1`,
      [after ?? null, upTo, pairs - 1],
    );
    return row?.number ?? upTo!;
  }

  /** @returns whether something had to be carried */
  async part(owner: OpenSession, referrer: OpenSession, part: MapPart): Promise<boolean> {
    for (let attempt = 0; ; attempt++) {
      const [theirs, ours] = await this.digests(owner, referrer, part);
      if (digestsAgree(theirs, ours)) return attempt > 0;
      if (attempt === MOST_ATTEMPTS) throw this.disagree(theirs, ours, part);
      const isEmpty = attempt === 0 && ours.pairs === '0';
      try {
        await this.carry(owner, referrer, part, isEmpty);
      } catch (error) {
        // Events bring some of the same pairs at this moment.
        const isTaken = isEmpty && sqlstateOf(error) === SQLSTATE.uniqueViolation;
        if (!isTaken && !isRetryable(error)) throw error;
        await pause(backoffMs(attempt));
      }
    }
  }

  /** Above the last part the copy may be ahead of it, by events; but not of what the owner has now. */
  async expectNoMore(owner: OpenSession, referrer: OpenSession, after: string | undefined): Promise<void> {
    const upTo = await this.highest(referrer);
    if (upTo === undefined) return;
    if (after !== undefined && BigInt(upTo) <= BigInt(after)) return;
    const [theirs, ours] = await this.digests(owner, referrer, { after, upTo });
    if (BigInt(ours.pairs) > BigInt(theirs.pairs)) throw this.disagree(theirs, ours, { after, upTo });
  }

  private digests(owner: OpenSession, referrer: OpenSession, part: MapPart) {
    return Promise.all([
      mapDigest(owner.query, this.table, part),
      mapDigest(referrer.query, this.table, part),
    ]);
  }

  /** @param isEmpty whether the copy had no pair of the part: then all of them go in, or none */
  private async carry(
    owner: OpenSession,
    referrer: OpenSession,
    { after, upTo }: MapPart,
    isEmpty: boolean,
  ): Promise<void> {
    const lower = after === undefined ? '' : `AND "number" > ${BigInt(after)}`;
    const pairs = `SELECT "number", "uuid" FROM ${this.map} WHERE "number" <= ${BigInt(upTo!)} ${lower} ORDER BY "number"`;
    const { client, query } = referrer;
    await inTransaction(transactionControlOf(query), async () => {
      await client.query(
        `CREATE TEMPORARY TABLE "arriving" ("number" bigint NOT NULL, "uuid" uuid NOT NULL) ON COMMIT DROP`,
      );
      const arriving = copyFrom('COPY pg_temp."arriving" FROM STDIN (FORMAT binary)');
      await pipeline(
        owner.client.query(copyTo(`COPY (${pairs}) TO STDOUT (FORMAT binary)`)),
        client.query(arriving),
      );
      // ON CONFLICT costs a third more than the rows.
      const inserted = await client.query(
        `INSERT INTO ${this.map} ("number", "uuid") SELECT "number", "uuid" FROM pg_temp."arriving" ORDER BY "number"
         ${isEmpty ? '' : 'ON CONFLICT DO NOTHING'}`,
      );
      if (inserted.rowCount === arriving.rowCount) return;
      const { rows } = await client.query<{ number: string; here: string | null; there: string }>(
        `SELECT a."number"::text AS "number", m."uuid"::text AS "here", a."uuid"::text AS "there"
           FROM pg_temp."arriving" AS a LEFT JOIN ${this.map} AS m ON m."number" = a."number"
          WHERE m."uuid" IS DISTINCT FROM a."uuid" ORDER BY a."number" LIMIT 1`,
      );
      if (rows[0]) throw this.contradiction(rows[0]);
    });
  }

  private contradiction({ number, here, there }: { number: string; here: string | null; there: string }) {
    const copy =
      here === null
        ? `another number has that UUID in ${this.referrerName}`
        : `${here} in ${this.referrerName}`;
    return new MigratorError(
      'ID_MAPS_DISAGREE',
      `${this.referrerName}: its id map of ${this.table} contradicts ${this.ownerName}'s: ${number} is ${there} there, and ${copy}. ` +
        'Nothing of this part was copied. The owner is right: find out who wrote the other pair, and whether rows have its UUID, ' +
        `before you delete it from ${this.map}; then run again.`,
    );
  }

  private disagree(theirs: MapDigest, ours: MapDigest, { after, upTo }: MapPart): MigratorError {
    const part = after === undefined ? `up to ${upTo}` : `from above ${after} up to ${upTo}`;
    return new MigratorError(
      'ID_MAPS_DISAGREE',
      `${this.referrerName}: its id map of ${this.table} has ${ours.pairs} pairs (checksum ${ours.checksum}) of the numbers ${part}, and ` +
        `${this.ownerName}'s has ${theirs.pairs} (checksum ${theirs.checksum}). Pairs that the owner does not have came from somewhere else: ` +
        `compare ${this.map} in both databases, delete them here, and run again.`,
    );
  }
}
