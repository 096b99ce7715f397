/** What an owner answers a listener that asks for the state of an aggregate. Owns the pages; the rows are the service's. */
import { ArrayMaxSize, IsArray, IsOptional, IsString } from 'class-validator';
import type { DataSource, EntityManager } from 'typeorm';
import type { SnapshotReader, SnapshotRow } from '../snapshot-of';

export const SNAPSHOT = 'snapshot';

const IDS_OF_A_PAGE = 200;
/** Leaves room in a message of a megabyte for the ids; one state alone is smaller than that, as an event is. */
const BYTES_OF_A_PAGE = 600_000;

export class SnapshotQuestion {
  @IsString()
  aggregate!: string;

  /** Only ids above this one. */
  @IsOptional()
  @IsString()
  after?: string;

  /** Only these. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(IDS_OF_A_PAGE)
  @IsString({ each: true })
  ids?: string[];
}

export interface SnapshotPage {
  /** In the order of the ids. */
  readonly items: readonly SnapshotPageItem[];
  /** Otherwise there is more above the last id, or some of the ids that were asked for had no room: ask for them again. */
  readonly isLast: boolean;
}

interface SnapshotPageItem {
  readonly aggregateId: string;
  /** 0 for a row that has had no event. */
  readonly sequence: number;
  readonly data: object | null;
}

interface Counter {
  readonly aggregate_id: string;
  readonly last_sequence: string;
}

/** Rows and their counters at one moment: REPEATABLE READ. */
export function snapshotPage(
  dataSource: DataSource,
  read: SnapshotReader,
  { aggregate, after, ids }: SnapshotQuestion,
): Promise<SnapshotPage> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    const rows = await read(manager, { after, ids, limit: IDS_OF_A_PAGE });
    const counters = await countersAfter(manager, aggregate, { after, ids });
    const isLast = rows.length < IDS_OF_A_PAGE && counters.length < IDS_OF_A_PAGE;
    const end = isLast ? undefined : endOfPage(rows, counters);
    const pageIds = [
      ...new Set([...rows.map(({ aggregateId }) => aggregateId), ...counters.map((row) => row.aggregate_id)]),
    ]
      .filter((id) => end === undefined || id <= end)
      .sort();
    const sequences = new Map(counters.map((row) => [row.aggregate_id, Number(row.last_sequence)]));
    const states = new Map(rows.map(({ aggregateId, data }) => [aggregateId, data]));
    const items = pageIds.map((aggregateId) => ({
      aggregateId,
      sequence: sequences.get(aggregateId) ?? 0,
      data: states.get(aggregateId) ?? null,
    }));
    const fitting = withinAMessage(items);
    return {
      items: fitting,
      isLast: fitting.length === items.length && (isLast || ids !== undefined),
    };
  });
}

/** The first ones, by weight; always one, so that whoever asks gets on. */
function withinAMessage(items: readonly SnapshotPageItem[]): readonly SnapshotPageItem[] {
  let bytes = 0;
  const firstTooMany = items.findIndex(({ data }, index) => {
    bytes += Buffer.byteLength(JSON.stringify(data));
    return index > 0 && bytes > BYTES_OF_A_PAGE;
  });
  return firstTooMany === -1 ? items : items.slice(0, firstTooMany);
}

/** Beyond the end of either list the other one is not known. */
function endOfPage(rows: readonly SnapshotRow[], counters: readonly Counter[]): string {
  const ends = [
    ...(rows.length === IDS_OF_A_PAGE ? [rows.at(-1)!.aggregateId] : []),
    ...(counters.length === IDS_OF_A_PAGE ? [counters.at(-1)!.aggregate_id] : []),
  ];
  return ends.sort()[0]!;
}

function countersAfter(
  manager: EntityManager,
  aggregate: string,
  { after, ids }: Pick<SnapshotQuestion, 'after' | 'ids'>,
): Promise<Counter[]> {
  return manager.query<Counter[]>(
    `SELECT "aggregate_id", "last_sequence" FROM "outbox_aggregates"
      WHERE "aggregate" = $1 AND ($2::text IS NULL OR "aggregate_id" > $2) AND ($3::text[] IS NULL OR "aggregate_id" = ANY ($3))
      ORDER BY "aggregate_id" LIMIT $4`,
    [aggregate, after ?? null, ids ?? null, IDS_OF_A_PAGE],
  );
}
