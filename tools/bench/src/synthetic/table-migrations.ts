/**
 * The six migrations of one synthetic table: what services do to a table in its first year, in the order in which they do it.
 * Names and SQL follow from the table's name alone, so every run measures the same.
 */

export interface SyntheticStatement {
  readonly sql: string;
  readonly parameters?: readonly unknown[];
}

export interface SyntheticMigration {
  /** Without timestamp: `CreateClubs`. */
  readonly name: string;
  readonly up: readonly SyntheticStatement[];
  readonly down: readonly SyntheticStatement[];
}

const SEEDED_ROWS = 20;

/** @param before the table made before this one, which this one comes to refer to; the first refers to itself */
export function tableMigrations(table: string, before: string = table): SyntheticMigration[] {
  const Table = `${table[0]!.toUpperCase()}${table.slice(1)}`;
  return [
    { name: `Create${Table}`, ...createTable(table) },
    { name: `Index${Table}`, ...createIndexes(table) },
    { name: `Create${Table}Entries`, ...createChildTable(table) },
    { name: `Seed${Table}`, ...seed(table) },
    { name: `Add${Table}References`, ...addColumns(table) },
    { name: `Link${Table}`, ...link(table, before) },
  ];
}

type Body = Omit<SyntheticMigration, 'name'>;

const statements = (...texts: string[]): SyntheticStatement[] => texts.map((sql) => ({ sql }));

function createTable(table: string): Body {
  return {
    up: statements(
      `CREATE TYPE ${table}_status AS ENUM ('draft', 'active', 'suspended', 'closed')`,
      `CREATE TABLE ${table} (id uuid NOT NULL DEFAULT gen_random_uuid(), organization_id uuid NOT NULL, name varchar(200) NOT NULL, status ${table}_status NOT NULL DEFAULT 'draft', details jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(), CONSTRAINT pk_${table} PRIMARY KEY (id), CONSTRAINT ck_${table}_name CHECK (length(trim(name)) > 0))`,
    ),
    down: statements(`DROP TABLE ${table}`, `DROP TYPE ${table}_status`),
  };
}

function createIndexes(table: string): Body {
  return {
    up: statements(
      `CREATE INDEX ix_${table}_organization_id ON ${table} (organization_id)`,
      `CREATE UNIQUE INDEX uq_${table}_name ON ${table} (organization_id, lower(name))`,
    ),
    down: statements(`DROP INDEX uq_${table}_name`, `DROP INDEX ix_${table}_organization_id`),
  };
}

function createChildTable(table: string): Body {
  return {
    up: statements(
      `CREATE TABLE ${table}_entries (id uuid NOT NULL DEFAULT gen_random_uuid(), owner_id uuid NOT NULL, position integer NOT NULL, note text, occurred_at timestamptz NOT NULL DEFAULT now(), CONSTRAINT pk_${table}_entries PRIMARY KEY (id), CONSTRAINT ck_${table}_entries_position CHECK (position >= 0))`,
      `CREATE INDEX ix_${table}_entries_owner_id ON ${table}_entries (owner_id)`,
      `ALTER TABLE ${table}_entries ADD CONSTRAINT fk_${table}_entries_owner_id FOREIGN KEY (owner_id) REFERENCES ${table} (id) ON DELETE CASCADE`,
    ),
    down: statements(`DROP TABLE ${table}_entries`),
  };
}

function seed(table: string): Body {
  const names = Array.from({ length: SEEDED_ROWS }, (_, index) => `${table} ${index + 1}`);
  const organization = '018f0000-0000-7000-8000-000000000001';
  return {
    up: [
      {
        sql: `INSERT INTO ${table} (organization_id, name, status) SELECT $1::uuid, name, 'active' FROM unnest($2::text[]) AS name`,
        parameters: [organization, names],
      },
      {
        sql: `INSERT INTO ${table}_entries (owner_id, position, note) SELECT id, 1, 'first of ' || name FROM ${table}`,
      },
    ],
    down: [{ sql: `DELETE FROM ${table} WHERE organization_id = $1`, parameters: [organization] }],
  };
}

function addColumns(table: string): Body {
  return {
    up: statements(
      `ALTER TABLE ${table} ADD COLUMN reference varchar(64), ADD COLUMN priority smallint NOT NULL DEFAULT 0`,
      `UPDATE ${table} SET reference = 'R-' || substr(id::text, 1, 8)`,
      `ALTER TABLE ${table} ALTER COLUMN reference SET NOT NULL`,
    ),
    down: statements(`ALTER TABLE ${table} DROP COLUMN priority, DROP COLUMN reference`),
  };
}

function link(table: string, target: string): Body {
  return {
    up: statements(
      `ALTER TABLE ${table} ADD COLUMN origin_id uuid`,
      `CREATE INDEX ix_${table}_origin_id ON ${table} (origin_id)`,
      `ALTER TABLE ${table} ADD CONSTRAINT fk_${table}_origin_id FOREIGN KEY (origin_id) REFERENCES ${target} (id) ON DELETE SET NULL`,
    ),
    down: statements(`ALTER TABLE ${table} DROP COLUMN origin_id`),
  };
}
