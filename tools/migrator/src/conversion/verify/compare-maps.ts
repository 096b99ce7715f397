/**
 * A copy of an id map against the owner's, while pairs are made all the time. The copy is read first: whatever it has must be in the
 * owner's when that is read afterwards, so a pair too many or another one is wrong for certain; one that is missing may be on its way.
 *
 * Equal parts are not looked at: count and checksum of each half of the numbers say which half differs, down to a part whose pairs can
 * be compared one by one.
 */
import type { Query } from '../../pg/query';
import { digestsAgree, mapDigest, type MapDigest, type MapPart } from '../id-map/map-digest';
import { idMapOf } from '../names';

const PAIRS_AT_ONCE = 20_000;
const EXAMPLES = 10;

export interface MapComparison {
  readonly ours: MapDigest;
  readonly theirs: MapDigest;
  /** How many pairs of the owner are not here, and the numbers of some. */
  readonly missing: number;
  readonly missingNumbers: readonly string[];
  /** Pairs that are here, and not at the owner's, or otherwise there. */
  readonly differing: number;
  readonly examples: readonly string[];
}

/** @param map the owner's table: `users` */
export async function compareMaps(copy: Query, owner: Query, map: string): Promise<MapComparison> {
  const comparison = new Comparison(copy, owner, map);
  const [ours, theirs] = await comparison.digests({});
  if (!digestsAgree(ours, theirs)) await comparison.search({});
  const { missing, missingNumbers, differing, examples } = comparison;
  return { ours, theirs, missing, missingNumbers, differing, examples };
}

type Pairs = ReadonlyMap<string, string>;

class Comparison {
  missing = 0;
  differing = 0;
  readonly missingNumbers: string[] = [];
  readonly examples: string[] = [];

  constructor(
    private readonly copy: Query,
    private readonly owner: Query,
    private readonly map: string,
  ) {}

  /** The copy's first, as above. */
  async digests(part: MapPart): Promise<[MapDigest, MapDigest]> {
    const ours = await mapDigest(this.copy, this.map, part);
    return [ours, await mapDigest(this.owner, this.map, part)];
  }

  async search(part: MapPart): Promise<void> {
    const [ours, theirs] = await this.digests(part);
    if (digestsAgree(ours, theirs)) return;
    if (ours.pairs === '0') {
      this.missing += Number(theirs.pairs);
      return;
    }
    if (BigInt(ours.pairs) + BigInt(theirs.pairs) <= BigInt(2 * PAIRS_AT_ONCE)) return this.compare(part);
    const middle = await this.middle(
      part,
      BigInt(ours.pairs) > BigInt(theirs.pairs) ? this.copy : this.owner,
    );
    await this.search({ after: part.after, upTo: middle });
    await this.search({ after: middle, upTo: part.upTo });
  }

  /** The number that half of the pairs of a part are up to. */
  private async middle(part: MapPart, query: Query): Promise<string> {
    const [row] = await query<{ number: string }>(
      `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY "number")::text AS "number" FROM ${idMapOf(this.map)} WHERE ${IN_PART}`,
      bounds(part),
    );
    return row!.number;
  }

  private async compare(part: MapPart): Promise<void> {
    const ours = await this.pairs(this.copy, part);
    const theirs = await this.pairs(this.owner, part);
    for (const [number, uuid] of ours) {
      const there = theirs.get(number);
      if (there === uuid) continue;
      this.differing += 1;
      if (this.examples.length < EXAMPLES) {
        this.examples.push(`${number} is ${uuid} here, and ${there ?? 'not'} there`);
      }
    }
    for (const number of theirs.keys()) {
      if (ours.has(number)) continue;
      this.missing += 1;
      this.missingNumbers.push(number);
    }
  }

  private async pairs(query: Query, part: MapPart): Promise<Pairs> {
    const rows = await query<{ number: string; uuid: string }>(
      `SELECT "number"::text AS "number", "uuid"::text AS "uuid" FROM ${idMapOf(this.map)} WHERE ${IN_PART} ORDER BY ${idMapOf(this.map)}."number"`,
      bounds(part),
    );
    return new Map(rows.map(({ number, uuid }) => [number, uuid]));
  }
}

const IN_PART = `($1::bigint IS NULL OR "number" > $1) AND ($2::bigint IS NULL OR "number" <= $2)`;
const bounds = ({ after, upTo }: MapPart) => [after ?? null, upTo ?? null];
