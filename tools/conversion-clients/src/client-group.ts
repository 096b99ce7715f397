/** Who writes and reads while ids are converted. */

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

/** The URLs of the two legacy databases. They have passwords: never shown, never on a command line. */
export type DatabaseUrls = Readonly<Record<DatabaseName, string>>;
