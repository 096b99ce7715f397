/** Who writes and reads while ids are converted, and where. */
import type { LegacyService } from '@hockey-hub/legacy-clubs';

/** What a client takes for the id of a user. */
export type IdKind = 'number' | 'uuid';

export interface ClientGroup {
  /** As in results: `old`, `new`. */
  readonly name: string;
  readonly ids: IdKind;
  /**
   * Schemas in which its unqualified table names are looked up, without spaces: `legacy,public`. Those that do not exist
   * are passed over, so a client has it from the beginning.
   */
  readonly searchPath: string;
  /** The databases that it works with, as the code of one service does; both when left out. It hears of users in any case. */
  readonly databases?: readonly DatabaseName[];
}

export type DatabaseName = 'user' | 'training';

/** In the order in which they are converted: the owner of the ids first. */
export const DATABASES: readonly DatabaseName[] = ['user', 'training'];

/** Whose database it is. */
export const SERVICE_OF: Readonly<Record<DatabaseName, LegacyService>> = {
  user: 'user-service',
  training: 'training-service',
};

/** The URLs of the two legacy databases. They have passwords: never shown, never on a command line. */
export type DatabaseUrls = Readonly<Record<DatabaseName, string>>;
