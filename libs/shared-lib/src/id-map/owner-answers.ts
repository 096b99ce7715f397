/** What the owner of id maps answers to services that have a copy of one: what is in it, in short and page by page. */
import { IsOptional, Length, Matches } from 'class-validator';
import type { DataSource } from 'typeorm';
import type { PackedPairs } from '../events/contracts/id-map';
import type { NatsConnector } from '../nats/nats-connector';
import { RequestServer } from '../nats/request-server';
import { asked } from '../outbox/asked';
import { mapDigest, type MapDigest } from './map-digest';
import { ALL_NUMBERS, packRange } from './pack-pairs';
import { findIdMap, type IdMap } from './registered-maps';
import { queryOf } from './query';

/** Names of the requests. */
export const ID_MAP_DIGEST = 'id-map-digest';
export const ID_MAP_PAGE = 'id-map-page';

const NUMBER = /^-?\d{1,19}$/;

export class DigestQuestion {
  @Length(1, 127)
  map!: string;

  /** Pairs of higher numbers are left out. */
  @IsOptional()
  @Matches(NUMBER)
  upTo?: string;
}

export interface DigestAnswer {
  /** Null when the owner has no such map (yet). */
  readonly digest: MapDigest | null;
}

export class PageQuestion {
  @Length(1, 127)
  map!: string;

  /** The first number of the page. */
  @Matches(NUMBER)
  from!: string;
}

export interface PageAnswer {
  /** Null behind the last pair. */
  readonly packed: PackedPairs | null;
  /** The highest number on the page. */
  readonly last: string | null;
}

export class OwnerAnswers {
  private readonly servers: readonly RequestServer[];

  constructor(
    private readonly service: string,
    private readonly dataSource: DataSource,
    nats: NatsConnector,
  ) {
    this.servers = [
      new RequestServer(nats, service, ID_MAP_DIGEST, (body) => this.digest(asked(DigestQuestion, body))),
      new RequestServer(nats, service, ID_MAP_PAGE, (body) => this.page(asked(PageQuestion, body))),
    ];
  }

  start(): void {
    for (const server of this.servers) server.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }

  private async digest({ map: name, upTo }: DigestQuestion): Promise<DigestAnswer> {
    const map = await this.find(name);
    return { digest: map ? await mapDigest(queryOf(this.dataSource.manager), map, { upTo }) : null };
  }

  private async page({ map: name, from }: PageQuestion): Promise<PageAnswer> {
    const map = await this.find(name);
    if (!map) return { packed: null, last: null };
    const { packed, last } = await packRange(queryOf(this.dataSource.manager), map, {
      ...ALL_NUMBERS,
      from,
    });
    return { packed: packed ?? null, last: last ?? null };
  }

  private find(name: string): Promise<IdMap | undefined> {
    return findIdMap(queryOf(this.dataSource.manager), name, this.service);
  }
}
