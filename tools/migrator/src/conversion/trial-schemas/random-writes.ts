/** A client that writes what a seed says: rows come, change what they refer to, are numbered anew and go. What it did is expected from then on. */
import { randomUUID } from 'node:crypto';
import { escapeIdentifier as quoted, escapeLiteral } from 'pg';
import type { Query } from '../../pg/query';
import type { Shape } from '../twins';
import type { Dice } from './dice';
import type { ExpectedRows } from './expected-rows';
import { assignmentsOf, assignmentsOfColumn, insertSql, type Ids } from './row-sql';
import type { TableModel } from './trial-model';

export interface TrialClient {
  readonly query: Query;
  /** What its ids are. */
  readonly shape: Shape;
  /** How it names a table. */
  readonly relation: (table: string) => string;
}

/** Above every number that the first rows have, but for the greatest of a type; within smallint. */
const FIRST_CHOSEN_NUMBER = 25_000;

export class RandomWrites {
  private nextNumber = FIRST_CHOSEN_NUMBER;
  /** Numbers that a row of a table had before it got another one. */
  private readonly left = new Map<string, string[]>();

  constructor(
    private readonly expected: ExpectedRows,
    private readonly dice: Dice,
    private readonly onRenumbered: (table: string, label: string) => void,
  ) {}

  async write(client: TrialClient, count: number): Promise<void> {
    for (let n = 0; n < count; n++) await this.one(client);
  }

  private async one(client: TrialClient): Promise<void> {
    const table = this.dice.oneOf(this.expected.model.tables)!;
    switch (this.dice.below(8)) {
      case 0:
      case 1:
      case 2:
        return this.insert(client, table);
      case 3:
      case 4:
      case 5:
        return this.refer(client, table);
      case 6:
        return this.remove(client, table);
      default:
        return this.renumber(client, table);
    }
  }

  private idsOf({ shape, relation }: TrialClient): Ids {
    return {
      shape,
      of: (table, label) => `(SELECT id FROM ${relation(table)} WHERE label = ${escapeLiteral(label)})`,
    };
  }

  private async insert(client: TrialClient, table: TableModel): Promise<void> {
    const row = this.expected.fill(table, this.expected.bare(table, this.dice), this.dice);
    if (!row) return;
    const key = this.chosenKey(client, table);
    await client.query(
      insertSql(client.relation(table.name), [...key, ...assignmentsOf(table, row, this.idsOf(client))]),
    );
    this.expected.put(table.name, row);
  }

  /** Where nothing makes numbers an old client does; a new one may always bring its UUID. */
  private chosenKey({ shape }: TrialClient, { key }: TableModel) {
    if (!key) return [];
    if (shape === 'numeric')
      return key.make === 'plain' ? [{ column: 'id', sql: String(this.nextNumber++) }] : [];
    return this.dice.below(2) === 0 ? [{ column: 'id', sql: escapeLiteral(randomUUID()) }] : [];
  }

  private async refer(client: TrialClient, table: TableModel): Promise<void> {
    const row = this.dice.oneOf(this.expected.of(table.name));
    const column = this.dice.oneOf(table.columns);
    if (!row || !column) return;
    const value = this.expected.draw(table, row, column, this.dice);
    if (value === undefined) return;
    const sets = assignmentsOfColumn(column, value, this.idsOf(client)).map(
      (each) => `${quoted(each.column)} = ${each.sql}`,
    );
    await client.query(
      `UPDATE ${client.relation(table.name)} SET ${sets.join(', ')} WHERE label = ${escapeLiteral(row.label)}`,
    );
    this.expected.put(table.name, { ...row, values: { ...row.values, [column.column]: value } });
  }

  private async remove({ query, relation }: TrialClient, table: TableModel): Promise<void> {
    const row = this.dice.oneOf(this.expected.of(table.name));
    if (!row || !this.expected.remove(table.name, row.label)) return;
    await query(`DELETE FROM ${relation(table.name)} WHERE label = ${escapeLiteral(row.label)}`);
  }

  /** A row that nobody refers to gets another number: one that no row has had, or one that another row has left. */
  private async renumber({ query, shape, relation }: TrialClient, table: TableModel): Promise<void> {
    const row = this.dice.oneOf(this.expected.of(table.name));
    const mayHaveAnother = table.key !== null && table.key.make !== 'always' && shape === 'numeric';
    if (!row || !mayHaveAnother || this.expected.isReferredTo(row.label)) return;
    const isRow = `WHERE label = ${escapeLiteral(row.label)}`;
    const [before] = await query<{ id: string }>(
      `SELECT id::text AS id FROM ${relation(table.name)} ${isRow}`,
    );
    const left = this.left.get(table.name) ?? [];
    const number = (this.dice.below(2) === 0 ? left.shift() : undefined) ?? String(this.nextNumber++);
    this.left.set(table.name, [...left, before!.id]);
    await query(`UPDATE ${relation(table.name)} SET id = ${number} ${isRow}`);
    this.onRenumbered(table.name, row.label);
  }
}
