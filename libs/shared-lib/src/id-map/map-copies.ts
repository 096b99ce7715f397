/**
 * Makes the copies of other services' id maps whole, where events alone could not: a copy that was made after the events had
 * passed by, a listener that joined late, a database that was restored, a message that became a dead letter.
 *
 * A copy is looked at when somebody wants it (the migrator, before it fills references from it), and again after every
 * dead letter of its owner's pairs:
 *
 *     ask the owner for its digest ─┬─ equal ──────────────────────────> complete, verified
 *      (count, checksum, up to N)   ├─ different, and ours is growing ─> events are underway: look again
 *                                   └─ different, and it is not ───────> pull page by page, look again ──> still: a problem
 *
 * N stays the same from the first look on, or rows that clients insert meanwhile would make the two differ for ever.
 *
 * Several processes may pull the same pages: a pair that is there is passed over.
 */
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { PackedPairs } from '../events/contracts/id-map';
import type { NatsConnector } from '../nats/nats-connector';
import { RequestError } from '../nats/request-error';
import { request } from '../nats/requests';
import { BackgroundLoop, type Round } from '../outbox/background-loop';
import { readAs } from '../validation/read-as';
import { dueCopies, savePull, saveProblem, saveVerified, type DueCopy } from './copy-rows';
import { IdMapError } from './id-map-error';
import { digestsAgree, mapDigest, type MapDigest } from './map-digest';
import { ALL_NUMBERS } from './pack-pairs';
import { ID_MAP_DIGEST, ID_MAP_PAGE, type DigestAnswer, type PageAnswer } from './owner-answers';
import { hasIdMaps } from './registered-maps';
import { queryOf } from './query';
import { storePairs } from './store-pairs';

const POLL_MS = 1_000;
/** A digest reads the whole map. */
const ANSWER_WITHIN_MS = 30_000;
const RETRY_PROBLEM_MS = 30_000;

/** What was seen of a copy that differed. */
interface Look {
  /** For whom it was looked: what is wanted again is looked at anew, the owner may have more by then. */
  readonly wantedAt: string;
  readonly upTo: string | null;
  readonly pairs: bigint;
  /** Whether all of it has been pulled since. */
  readonly isPulled: boolean;
  /** What the pages had that contradicts the copy. */
  readonly contradiction?: string;
}

export class MapCopies {
  private readonly logger = new Logger(MapCopies.name);
  private readonly loop: BackgroundLoop;
  private readonly looks = new Map<string, Look>();

  /** @param owners the services whose id maps there may be copies of */
  constructor(
    private readonly owners: readonly string[],
    private readonly dataSource: DataSource,
    private readonly nats: NatsConnector,
  ) {
    this.loop = new BackgroundLoop({ name: MapCopies.name, work: () => this.round(), idleMs: POLL_MS });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<Round> {
    const query = queryOf(this.dataSource.manager);
    if (!(await hasIdMaps(query))) return 'idle';
    const copies = await dueCopies(query, this.owners, RETRY_PROBLEM_MS);
    // Side by side: an owner that is away holds up no other one's.
    const outcomes = await Promise.allSettled(
      copies.map((copy) => (copy.pulledUpTo === null ? this.compare(copy) : this.pull(copy))),
    );
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) throw failure.reason;
    return outcomes.some((outcome) => outcome.status === 'fulfilled' && outcome.value) ? 'more' : 'idle';
  }

  /** @returns whether there is more to do at once */
  private async compare(copy: DueCopy): Promise<boolean> {
    const look = this.lookOf(copy);
    const theirs = await this.askDigest(copy, look?.upTo ?? undefined);
    if (!theirs) return false;
    const query = queryOf(this.dataSource.manager);
    const ours = await mapDigest(query, copy, { upTo: theirs.upTo ?? undefined });
    if (digestsAgree(ours, theirs)) {
      await this.conclude(copy, ours);
      return false;
    }
    const pairs = BigInt(ours.pairs);
    if (!look || pairs > look.pairs) {
      const { wantedAt } = copy;
      this.looks.set(copy.name, {
        isPulled: false,
        ...look,
        wantedAt,
        upTo: look?.upTo ?? theirs.upTo,
        pairs,
      });
      return false;
    }
    if (look.isPulled) {
      this.looks.delete(copy.name);
      await this.complain(copy, look.contradiction ?? differenceOf(copy, ours, theirs));
      return false;
    }
    this.logger.log(
      `the copy of ${copy.owner}'s id map ${copy.name} has ${ours.pairs} of ${theirs.pairs} pairs, and no more come by ` +
        'themselves: it is read from there',
    );
    await savePull(query, copy, ALL_NUMBERS.from);
    return true;
  }

  /** One page. @returns whether there is more to do at once: another page, or to look what it is now */
  private async pull(copy: DueCopy): Promise<boolean> {
    const { packed, last } = await this.askPage(copy, copy.pulledUpTo!);
    const isLast = packed === null || last === null || last === ALL_NUMBERS.to;
    const contradiction = await this.dataSource.transaction(async (manager) => {
      const query = queryOf(manager);
      await savePull(query, copy, isLast ? null : String(BigInt(last) + 1n));
      return packed ? (await storePairs(query, copy, packed)).contradiction : undefined;
    });
    const look = this.lookOf(copy);
    this.looks.set(copy.name, {
      wantedAt: copy.wantedAt,
      ...{ upTo: look?.upTo ?? null, pairs: look?.pairs ?? 0n, isPulled: isLast },
      contradiction: look?.contradiction ?? contradiction,
    });
    return true;
  }

  private lookOf({ name, wantedAt }: DueCopy): Look | undefined {
    const look = this.looks.get(name);
    return look?.wantedAt === wantedAt ? look : undefined;
  }

  private async conclude(copy: DueCopy, digest: MapDigest): Promise<void> {
    this.looks.delete(copy.name);
    await saveVerified(queryOf(this.dataSource.manager), copy, digest);
    this.logger.log(
      `the copy of ${copy.owner}'s id map ${copy.name} is complete: ${digest.pairs} pairs, checksum ${digest.checksum}`,
    );
  }

  private async complain(copy: DueCopy, problem: string): Promise<void> {
    await saveProblem(queryOf(this.dataSource.manager), copy, problem);
    this.logger.error(`the copy of ${copy.owner}'s id map ${copy.name} is not what it should be: ${problem}`);
  }

  /** Undefined while the owner has no such map, or does not answer: it is asked again. */
  private async askDigest({ owner, name }: DueCopy, upTo?: string): Promise<MapDigest | undefined> {
    const to = { service: owner, name: ID_MAP_DIGEST, timeoutMs: ANSWER_WITHIN_MS };
    try {
      const { digest } = await request<DigestAnswer>(this.nats, to, { map: name, upTo });
      return digest ?? undefined;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.logger.debug(`${owner} does not say what is in its id map ${name}`, error);
      return undefined;
    }
  }

  /** @throws IdMapError ID_MAP_ANSWER_INVALID; RequestError */
  private async askPage({ owner, name }: DueCopy, from: string): Promise<PageAnswer> {
    const to = { service: owner, name: ID_MAP_PAGE, timeoutMs: ANSWER_WITHIN_MS };
    const { packed, last } = await request<PageAnswer>(this.nats, to, { map: name, from });
    if (packed === null) return { packed, last: null };
    const read = readAs(PackedPairs, packed);
    if (!read.faults && read.value.map === name) return { packed: read.value, last };
    throw new IdMapError(
      'ID_MAP_ANSWER_INVALID',
      `${owner} sent a page of its id map ${name} that is none: ${read.faults?.join('; ') ?? 'it is of another map'}. Do both ` +
        'services have the same version of the shared library?',
    );
  }
}

function differenceOf({ name, owner }: DueCopy, ours: MapDigest, theirs: MapDigest): string {
  return (
    `${owner} has ${theirs.pairs} pairs in the id map ${name} (checksum ${theirs.checksum}), and here are ${ours.pairs} ` +
    `(checksum ${ours.checksum}), though all of it was read: pairs that are here and not there were not made by ${owner}`
  );
}
