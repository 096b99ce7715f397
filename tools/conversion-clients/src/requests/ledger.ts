/**
 * What the clients wrote, as they know it themselves: the witness of a conversion that nobody can talk to. Every row is called by
 * a key that is not converted (a user by the e-mail), with the ids that it refers to as the client that wrote them knows them.
 */

export type LedgerTable =
  | 'users'
  | 'sessions'
  | 'audit_entries'
  | 'workout_sessions'
  | 'workout_assignments'
  | 'player_workout_loads'
  | 'notes';

export interface LedgerRow {
  readonly table: LedgerTable;
  readonly key: string;
  /** In the order of the row's references: numbers in decimal, or UUIDs. */
  readonly references: readonly string[];
  /** `unknown`: the connection was lost before the answer, so the write may have happened or not. */
  readonly outcome: 'committed' | 'unknown';
  /** Of an unknown one: what the row is if the write did not happen. */
  readonly otherwise?: Otherwise;
}

/** Not there; as it was before any client wrote it; or what a client that wrote it earlier knows, in the order of its references. */
export type Otherwise = 'nothing' | 'as it was' | readonly string[];

export class Ledger {
  private readonly rows = new Map<string, LedgerRow>();
  private readonly busy = new Set<string>();

  /** One write of a row at a time, or nobody knows which came last. False when the row is being written. */
  reserve(table: LedgerTable, key: string): boolean {
    const place = placeOf(table, key);
    if (this.busy.has(place) || this.rows.get(place)?.outcome === 'unknown') return false;
    this.busy.add(place);
    return true;
  }

  /** The write of a reserved row was refused: nothing happened. */
  release(table: LedgerTable, key: string): void {
    this.busy.delete(placeOf(table, key));
  }

  /** The write was answered: what is known of the row from now on. */
  enter({ table, key, references }: LedgerEntry): void {
    this.set({ table, key, references, outcome: 'committed' });
  }

  /** The write was not answered. Nobody writes the row again, or there would be more than two possibilities. */
  enterUnknown({ table, key, references, isUpdate }: LedgerEntry & { readonly isUpdate: boolean }): void {
    const before = this.rows.get(placeOf(table, key));
    const otherwise = before?.references ?? (isUpdate ? 'as it was' : 'nothing');
    this.set({ table, key, references, outcome: 'unknown', otherwise });
  }

  all(): LedgerRow[] {
    return [...this.rows.values()];
  }

  private set(row: LedgerRow): void {
    const place = placeOf(row.table, row.key);
    this.busy.delete(place);
    this.rows.set(place, row);
  }
}

type LedgerEntry = Pick<LedgerRow, 'table' | 'key' | 'references'>;

const placeOf = (table: LedgerTable, key: string): string => `${table} ${key}`;
