/** What the bench tells a participant's process, and what it is told. One question at a time. */
import type { Effects } from '../load/effect-log';
import type { Load, Written } from '../load/load';

export interface Answers {
  /** The scorer: begins a load, and answers when the last of its writes is committed. */
  readonly write: Written;
  /** The scoreboard: answers when so many effects have been committed since it began. */
  readonly effects: Effects;
}

export type Question =
  | { readonly kind: 'write'; readonly load: Load; readonly seconds: number }
  | { readonly kind: 'effects'; readonly total: number };

export type Message =
  { readonly kind: 'ready' } | { readonly kind: 'answer'; readonly answer: Answers[keyof Answers] };
