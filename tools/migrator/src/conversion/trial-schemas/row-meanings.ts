/**
 * What rows mean, whichever ids they are written with: every row of every table with each id replaced by the label of the row that it
 * stands for. Two readings of a database mean the same when they are equal, before a conversion, in the middle of it and after it.
 *
 * It knows nothing of twins, maps or triggers: it reads tables and views as any client does, and tells rows of the converted tables
 * apart by a column that the conversion does not touch.
 */
import { escapeIdentifier } from 'pg';
import type { Query } from '../../pg/query';
import type { IdConversion, Reference } from '../declaration';
import { parseJsonPath, type JsonStep } from '../inspect/json-path';
import { quotedTable, schemaAndName } from '../names';
import { twinNames, twinsOf } from '../twins';

export interface Trial {
  readonly conversion: IdConversion;
  /** The column of each converted table that names its rows: unique, and the same from the beginning to the end. */
  readonly labels: Readonly<Record<string, string>>;
  /** Every table whose rows are compared. */
  readonly tables: readonly string[];
}

/** Rows by table, each as JSON with its keys in order; the rows in order, too. */
export type Meanings = Readonly<Record<string, readonly string[]>>;

/** Where a reading finds its relations: in their schemas, or by name alone in a search_path that begins with a shape's schema. */
type Relation = (table: string) => string;
const inItsSchema: Relation = quotedTable;
const inThePath: Relation = (table) => escapeIdentifier(schemaAndName(table)[1]);

type Json = null | boolean | string | readonly Json[] | { readonly [key: string]: Json };

export class RowMeanings {
  /** `users 17` or `users 0197...` -> the label. Those of rows that are gone stay: a reference may have outlived them. */
  private readonly known = new Map<string, string>();
  private readonly beside: ReadonlySet<string>;

  constructor(private readonly trial: Trial) {
    this.beside = new Set(
      twinsOf(trial.conversion).flatMap((twin) =>
        [twinNames(twin, 'numeric').uuid, twinNames(twin, 'uuid').numeric].map((name) =>
          place(twin.table, name),
        ),
      ),
    );
  }

  /** Of the tables themselves, by their plain columns. */
  read(query: Query): Promise<Meanings> {
    return this.readFrom(query, inItsSchema);
  }

  /** As a client sees them whose search_path names a shape. */
  readAsClient(query: Query): Promise<Meanings> {
    return this.readFrom(query, inThePath);
  }

  /** For a row that has got another id: the ones that it had may be another row's now. Nobody must refer to it. */
  forget(table: string, label: string): void {
    for (const [id, known] of this.known) {
      if (known === label && id.startsWith(place(table, ''))) this.known.delete(id);
    }
  }

  private async readFrom(query: Query, relation: Relation): Promise<Meanings> {
    for (const { table, column } of this.trial.conversion.keys) {
      const rows = await query<{ id: string | null; label: string }>(
        `SELECT ${escapeIdentifier(column)}::text AS id, ${escapeIdentifier(this.trial.labels[table]!)}::text AS label FROM ${relation(table)}`,
      );
      for (const { id, label } of rows) this.learn(table, id, label);
    }
    const meanings: Record<string, readonly string[]> = {};
    for (const table of this.trial.tables) {
      const rows = await query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM ${relation(table)} AS t`,
      );
      meanings[table] = rows.map(({ row }) => this.meaningOf(table, parseExactly(row))).sort();
    }
    return meanings;
  }

  private learn(table: string, id: string | null, label: string): void {
    if (id === null) throw new Error(`${table}: the row ${label} has no id`);
    const before = this.known.get(place(table, id));
    if (before !== undefined && before !== label) {
      throw new Error(`${table}: the id ${id} was that of ${before}, and is that of ${label} now`);
    }
    this.known.set(place(table, id), label);
  }

  private meaningOf(table: string, row: Record<string, Json>): string {
    const meaning: Record<string, Json> = {};
    const { keys, references } = this.trial.conversion;
    for (const column of Object.keys(row).sort()) {
      if (this.beside.has(place(table, column))) continue;
      meaning[column] = references
        .filter((reference) => reference.table === table && reference.column === column)
        .reduce<Json>((value, reference) => this.inReference(reference, value, row), row[column]!);
      if (keys.some((key) => key.table === table && key.column === column)) {
        meaning[column] = this.labelOf(table, row[column]!);
      }
    }
    return JSON.stringify(meaning);
  }

  private inReference(reference: Reference, value: Json, row: Record<string, Json>): Json {
    const label = (id: Json) => this.labelOf(reference.to, id);
    switch (reference.kind) {
      case 'column':
        return label(value);
      case 'array':
        return Array.isArray(value) ? value.map(label) : value;
      case 'json':
        return alongPath(value, parseJsonPath(reference.path), label);
      case 'polymorphic':
        return row[reference.typeColumn] === reference.typeValue ? label(value) : value;
    }
  }

  /** An id that nobody ever had is shown as it is: equal to itself as a number, and to nothing as a UUID. */
  private labelOf(table: string, id: Json): Json {
    if (typeof id !== 'string') return id;
    return this.known.get(place(table, id)) ?? id;
  }
}

const place = (table: string, name: string) => `${table} ${name}`;

function alongPath(value: Json, [step, ...rest]: readonly JsonStep[], change: (id: Json) => Json): Json {
  if (step === undefined) return change(value);
  if (step.kind === 'elements') {
    return Array.isArray(value) ? value.map((element: Json) => alongPath(element, rest, change)) : value;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value) || !(step.key in value))
    return value;
  const object = value as { readonly [key: string]: Json };
  return { ...object, [step.key]: alongPath(object[step.key]!, rest, change) };
}

/** Numbers as the texts that they are: those of bigint are too long for a JavaScript number. */
function parseExactly(json: string): Record<string, Json> {
  const quoted = json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : JSON.stringify(token),
  );
  return JSON.parse(quoted) as Record<string, Json>;
}
