/**
 * Pure: the rows that a random schema shall have, each named by its label, with references that are labels: what the databases' readings
 * are compared with. Knows the schema's rules, so that it never asks for a row that Postgres has to refuse.
 */
import type { Meanings } from './row-meanings';
import type { Dice } from './dice';
import type { JsonForm, PlainColumn, ReferenceColumn, SchemaModel, TableModel } from './trial-model';

/** The label of a row, or nothing. */
export type Ref = string | null;

export type Value =
  | { readonly kind: 'column'; readonly ref: Ref }
  | { readonly kind: 'array'; readonly refs: readonly Ref[] | null }
  | { readonly kind: 'json'; readonly refs: Readonly<Partial<Record<JsonForm, readonly Ref[]>>> | null }
  | { readonly kind: 'polymorphic'; readonly type: string | null; readonly id: Ref };

export interface ExpectedRow {
  readonly label: string;
  readonly tenant: number;
  /** A key that is not converted. */
  readonly keptId: string | null;
  readonly values: Record<string, Value>;
}

/** What a polymorphic reference may be about besides rows; one looks like a number. */
const PAGES = ['7', 'about us', 'imprint'];
const MOST_IN_LIST = 4;

export class ExpectedRows {
  private readonly rows = new Map<string, Map<string, ExpectedRow>>();
  private made = 0;

  constructor(readonly model: SchemaModel) {
    for (const { name } of model.tables) this.rows.set(name, new Map());
  }

  of(table: string): readonly ExpectedRow[] {
    return [...this.rows.get(table)!.values()];
  }

  table(name: string): TableModel {
    return this.model.tables.find((table) => table.name === name)!;
  }

  put(table: string, row: ExpectedRow): void {
    this.rows.get(table)!.set(row.label, row);
  }

  /** Whoever refers to it. */
  drop(table: string, label: string): void {
    this.rows.get(table)!.delete(label);
  }

  /** A row that is not there yet and has no references: `fill` gives it some. */
  bare(table: TableModel, dice: Dice): ExpectedRow {
    this.made += 1;
    const index = this.model.tables.indexOf(table);
    return {
      label: `row ${this.made} of ${index}`,
      tenant: dice.below(2),
      keptId:
        table.keptKey === 'uuid'
          ? `00000000-0000-4000-8000-${String(this.made).padStart(12, '0')}`
          : table.keptKey && String(this.made),
      values: {},
    };
  }

  /** @returns the row with a value in every column; undefined when the rules leave none for a column that needs one */
  fill(table: TableModel, row: ExpectedRow, dice: Dice): ExpectedRow | undefined {
    let filled = row;
    for (const column of table.columns) {
      const value = this.draw(table, filled, column, dice);
      if (value === undefined) return undefined;
      filled = { ...filled, values: { ...filled.values, [column.column]: value } };
    }
    return filled;
  }

  /** A value for one column of a row; undefined when there is none that the rules allow. */
  draw(table: TableModel, row: ExpectedRow, column: ReferenceColumn, dice: Dice): Value | undefined {
    const mayBeNull = column.isNullable;
    switch (column.kind) {
      case 'column':
        return this.drawColumn(table, row, column, dice);
      case 'array': {
        if (mayBeNull && dice.below(4) === 0) return { kind: 'array', refs: null };
        return { kind: 'array', refs: this.drawList(column.to, dice) };
      }
      case 'json': {
        if (mayBeNull && dice.below(4) === 0) return { kind: 'json', refs: null };
        const refs = column.paths.map(({ path, to }) => {
          const list = this.drawList(to, dice);
          return [path, path === 'coach.id' ? list.slice(0, 1) : list] as const;
        });
        return { kind: 'json', refs: Object.fromEntries(refs) };
      }
      case 'polymorphic': {
        if (mayBeNull && dice.below(4) === 0) return { kind: 'polymorphic', type: null, id: null };
        const type = dice.oneOf([...column.targets, 'page'])!;
        const id = type === 'page' ? dice.oneOf(PAGES)! : dice.oneOf(this.of(type))?.label;
        const value: Value = { kind: 'polymorphic', type, id: id ?? null };
        const isTaken = this.of(table.name).some(
          ({ label, values }) =>
            label !== row.label && JSON.stringify(values[column.column]) === JSON.stringify(value),
        );
        const isUnique = column.index.startsWith('unique');
        if (id !== undefined && !(isUnique && isTaken)) return value;
        return mayBeNull ? { kind: 'polymorphic', type: null, id: null } : undefined;
      }
    }
  }

  private drawList(to: string, dice: Dice): readonly Ref[] {
    return Array.from({ length: dice.below(MOST_IN_LIST + 1) }, () =>
      dice.below(6) === 0 ? null : (dice.oneOf(this.of(to))?.label ?? null),
    );
  }

  private drawColumn(
    table: TableModel,
    row: ExpectedRow,
    column: PlainColumn,
    dice: Dice,
  ): Value | undefined {
    const { check } = table;
    const other = check?.of.find((name) => name !== column.column);
    const isInCheck = check !== null && check.of.includes(column.column);
    const beside = isInCheck ? refOf(row.values[other!]) : undefined;
    const mayBeNull = column.isNullable && !(check?.kind === 'one of them' && isInCheck && beside === null);
    if (mayBeNull && dice.below(4) === 0) return { kind: 'column', ref: null };
    const taken = column.index.includes('unique')
      ? this.of(table.name)
          .filter(({ label }) => label !== row.label)
          .map(({ values }) => refOf(values[column.column]))
      : [];
    const free = this.of(column.to).filter(
      ({ label, tenant }) =>
        !taken.includes(label) &&
        (!column.foreignKey?.isComposite || tenant === row.tenant) &&
        !(check?.kind === 'different' && isInCheck && beside === label),
    );
    const chosen = dice.oneOf(free);
    if (chosen) return { kind: 'column', ref: chosen.label };
    return mayBeNull ? { kind: 'column', ref: null } : undefined;
  }

  /**
   * Deletes a row, with what its foreign keys do to others.
   * @returns false, and nothing is changed, when a foreign key forbids it or somebody refers to one of the rows without one
   */
  remove(table: string, label: string): boolean {
    const gone = new Map<string, string>([[label, table]]);
    const nulled: { readonly row: ExpectedRow; readonly column: string }[] = [];
    for (const one of gone.keys()) {
      for (const other of this.model.tables) {
        for (const row of this.of(other.name)) {
          for (const column of other.columns) {
            if (!refersTo(row.values[column.column], one)) continue;
            const action = column.kind === 'column' ? column.foreignKey?.onDelete : undefined;
            if (action === 'cascade') gone.set(row.label, other.name);
            else if (action === 'set null') nulled.push({ row, column: column.column });
            else return false;
          }
        }
      }
    }
    for (const [one, where] of gone) this.rows.get(where)!.delete(one);
    for (const { row, column } of nulled) row.values[column] = { kind: 'column', ref: null };
    return true;
  }

  isReferredTo(label: string): boolean {
    return this.model.tables.some(({ name }) =>
      this.of(name).some(({ values }) => Object.values(values).some((value) => refersTo(value, label))),
    );
  }

  meanings(): Meanings {
    return Object.fromEntries(
      this.model.tables.map((table) => [
        table.name,
        this.of(table.name)
          .map((row) => meaningOf(table, row))
          .sort(),
      ]),
    );
  }
}

export const refOf = (value: Value | undefined): Ref | undefined =>
  value?.kind === 'column' ? value.ref : undefined;

function refersTo(value: Value | undefined, label: string): boolean {
  switch (value?.kind) {
    case 'column':
      return value.ref === label;
    case 'array':
      return value.refs?.includes(label) ?? false;
    case 'json':
      return Object.values(value.refs ?? {}).some((refs) => refs.includes(label));
    case 'polymorphic':
      return value.id === label;
    case undefined:
      return false;
  }
}

/** As `RowMeanings` reads it: numbers are texts. */
function meaningOf(table: TableModel, row: ExpectedRow): string {
  const meaning: Record<string, unknown> = { label: row.label, id: row.keptId ?? row.label };
  if (table.hasTenant) meaning['tenant'] = String(row.tenant);
  for (const column of table.columns) {
    const value = row.values[column.column]!;
    switch (value.kind) {
      case 'column':
        meaning[column.column] = value.ref;
        break;
      case 'array':
        meaning[column.column] = value.refs;
        break;
      case 'json':
        meaning[column.column] = value.refs && documentOf(value.refs);
        break;
      case 'polymorphic':
        meaning[column.column] = value.id;
        if (column.kind === 'polymorphic') meaning[column.typeColumn] = value.type;
        break;
    }
  }
  return JSON.stringify(Object.fromEntries(Object.entries(meaning).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** With a number in it that is no reference. In the order in which jsonb keeps keys: shorter ones first. */
function documentOf(refs: Readonly<Partial<Record<JsonForm, readonly Ref[]>>>): Record<string, unknown> {
  const { 'coach.id': coach, 'ids[*]': ids, 'lines[*].player.id': lines } = refs;
  return {
    n: '7',
    ...(ids && { ids }),
    ...(coach && { coach: { id: coach[0] ?? null } }),
    ...(lines && { lines: lines.map((id) => ({ player: { id } })) }),
  };
}
