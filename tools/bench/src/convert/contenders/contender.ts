/** Who converts, and what it is given for it. */
import type { DatabaseUrls } from '@hockey-hub/conversion-clients';

/** Stable keys of the contenders, as in convert.json. */
export type ContenderName = 'ours-offline' | 'ours' | 'ours-one-worker' | 'floor' | 'naive' | 'plain-script';

export interface ConvertContext {
  readonly urls: DatabaseUrls;
  /** Runs a part of the conversion that has a name in pictures and tables. */
  phase(name: string, work: () => Promise<void>): Promise<void>;
}

export interface ConvertContender {
  readonly name: ContenderName;
  /** Who can work while it converts: nobody; those who know numbers; those who know UUIDs as well, once there are some. */
  readonly clients: 'none' | 'old' | 'old-and-new';
  /** A table (number, uuid) that it leaves in both databases, quoted. */
  readonly idMap: string;
  /** @throws what Postgres throws, and what the contender throws */
  run(context: ConvertContext): Promise<void>;
}

/** For people. */
export const CONTENDER_TITLES: Readonly<Record<ContenderName, string>> = {
  'ours-offline': 'ours, without clients, 2 workers',
  ours: 'ours, 2 workers',
  'ours-one-worker': 'ours, 1 worker',
  floor: 'floor: offline, new tables',
  naive: 'naive TypeORM migration',
  'plain-script': 'plain script, batches of 5,000',
};
