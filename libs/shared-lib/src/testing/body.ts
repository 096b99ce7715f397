/** What a resource looks like to a client. */
export type Body = Record<string, unknown> & { id: string };

/** The fields a 400 complains about, each once, in order. */
export function faultyFields(body: { errors?: { field: string }[] }): string[] {
  return [...new Set((body.errors ?? []).map(({ field }) => field))].sort();
}

/** The ids of a page or a list. */
export function idsOf(rows: readonly Body[]): string[] {
  return rows.map(({ id }) => id);
}
