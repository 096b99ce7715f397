/** What the clients' process is told, and what it answers. One question at a time. */
import type { ClientGroup, DatabaseUrls } from '../client-group';
import type { LoadOptions, Witnessed } from '../load/client-load';

export interface Answers {
  readonly open: undefined;
  readonly begin: undefined;
  readonly learn: undefined;
  readonly end: undefined;
  readonly count: RequestCount;
  readonly stop: Witnessed;
}

/** So far. */
export interface RequestCount {
  readonly ended: number;
  readonly errors: number;
}

/** URLs go this way because a command line and an environment can be read by others. */
export type Question =
  | { readonly kind: 'open'; readonly urls: DatabaseUrls; readonly options: LoadOptions }
  | { readonly kind: 'begin'; readonly group: ClientGroup }
  | { readonly kind: 'learn' }
  | { readonly kind: 'end'; readonly group: string }
  | { readonly kind: 'count' }
  | { readonly kind: 'stop' };

export type Answer =
  | { readonly kind: 'answer'; readonly answer: Answers[keyof Answers] }
  | { readonly kind: 'failed'; readonly reason: string };
