import type { Query } from '../../pg/query';

/** The time as the database has it, which is what it writes beside rows: text, to the microsecond. */
export async function databaseClock(query: Query): Promise<string> {
  const [clock] = await query<{ moment: string }>(`SELECT clock_timestamp()::text AS "moment"`);
  return clock!.moment;
}
