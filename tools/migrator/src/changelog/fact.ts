/** One thing that a migration does to its database, as a line of Markdown, and whether a client of the database has to follow. */
export interface Fact {
  /** Removed, renamed or narrowed: what a client read or wrote before may be gone or refused. */
  readonly breaking: boolean;
  readonly text: string;
}

export const breaking = (text: string): Fact => ({ breaking: true, text });
export const harmless = (text: string): Fact => ({ breaking: false, text });
