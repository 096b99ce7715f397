/** The independent judge of the property: migra, without what entities do not answer for. */
import { migraDifferences } from '../../testing/migra-differences';
import type { Oracle } from './change-and-back';

/** TypeORM's own notes about generated columns; a schema built from entities has the table, one that is migrated need not. */
const NOTES = /\btypeorm_metadata\b/;

export const migraOracle: Oracle = async (url, expectedUrl) =>
  (await migraDifferences(url, expectedUrl)).filter((statement) => !NOTES.test(statement));
