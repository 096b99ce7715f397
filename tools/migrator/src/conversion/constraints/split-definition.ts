/**
 * Pure: definitions as Postgres prints them, cut where the name of the thing and of its table end. A name that could be mistaken
 * for a keyword or that has a space in it is printed in quotes, so a keyword outside quotes is that keyword.
 */
import { sqlPieces } from '../../pg/sql-pieces';

/** `CREATE INDEX "a" ON public.users USING btree (id) WHERE ...` -> `USING btree (id) WHERE ...` */
export function indexTail(definition: string): string {
  return definition.slice(positionOf(definition, ' USING ') + 1);
}

export interface StatisticsParts {
  /** `(ndistinct, mcv)`; empty for all kinds. */
  readonly kinds: string;
  /** `email, lower(name)` */
  readonly columns: string;
}

/** `CREATE STATISTICS public.s (mcv) ON email, id FROM users` -> its kinds and columns. */
export function statisticsParts(definition: string): StatisticsParts {
  const on = positionOf(definition, ' ON ');
  const kinds = / (\([a-z, ]+\))$/.exec(definition.slice(0, on))?.[1] ?? '';
  const from = positionOf(definition, ' FROM ', 'last');
  return { kinds, columns: definition.slice(on + ' ON '.length, from) };
}

function positionOf(definition: string, keyword: string, which: 'first' | 'last' = 'first'): number {
  let start = 0;
  let found = -1;
  for (const { kind, text } of sqlPieces(definition)) {
    const index =
      kind === 'plain' ? (which === 'first' ? text.indexOf(keyword) : text.lastIndexOf(keyword)) : -1;
    if (index >= 0) {
      found = start + index;
      if (which === 'first') break;
    }
    start += text.length;
  }
  if (found < 0) throw new Error(`no${keyword}in the definition ${definition}`);
  return found;
}
