/** Pure: names that the conversion needs and somebody has, and rights that the session's role needs and has not. */
import {
  counterpartNames,
  namesBeside,
  SCHEMAS_OF_VIEWS,
  type InspectedTable,
  type Inspection,
} from '../inspection';
import { refuse, type Refusal } from '../refusal';

export function refuseNames(inspection: Inspection): readonly Refusal[] {
  return [
    ...refuseOthersTables(inspection),
    // What is there after the first phase began is the conversion's own.
    ...(inspection.hasBegun
      ? []
      : [
          ...[...inspection.tables.values()].flatMap((table) => refuseTaken(table, inspection)),
          ...refuseSchemas(inspection),
        ]),
  ];
}

/** Each table stands in the views of one conversion at a time. */
function refuseOthersTables({ conversion, facts, tables }: Inspection): readonly Refusal[] {
  const others = facts.begun.filter(({ name }) => name !== conversion.name);
  return [...tables.values()].flatMap((table) =>
    others
      .filter(({ columns }) =>
        columns.some(
          (twin) =>
            twin.table === table.name &&
            namesBeside({ role: 'key', ...twin, key: twin }).some((name) =>
              table.columns.some((column) => column.name === name),
            ),
        ),
      )
      .map(({ name }) =>
        refuse(
          'CONVERSION_IN_ANOTHER',
          table.name,
          `the conversion ${name} is not done with this table. Let it come to its contract, or revert it, before this one begins.`,
        ),
      ),
  );
}

function refuseTaken(table: InspectedTable, { facts }: Inspection): readonly Refusal[] {
  const columns = new Set(table.columns.map(({ name }) => name));
  const relations = new Set(facts.schemas[table.schema]?.relations);
  const besides = [...table.twins.values()].flatMap((twin) =>
    namesBeside(twin)
      .filter((name) => columns.has(name))
      .map((name) => ({ name, what: `the column ${name}, beside ${twin.column}` })),
  );
  const isConverted = (list: readonly string[]) => list.some((column) => table.twins.has(column));
  const constraints = new Set(table.constraints.map(({ name }) => name));
  const counterparts = [
    ...table.indexes
      .filter(({ dependsOn }) => isConverted(dependsOn))
      .map(({ name }) => ({ name, taken: relations, what: `the counterpart of the index ${name}` })),
    ...table.constraints
      .filter((constraint) => constraint.index === null || constraint.kind === 'foreign key')
      .filter((constraint) => isConverted(constraint.columns))
      .map(({ name }) => ({ name, taken: constraints, what: `the counterpart of the constraint ${name}` })),
  ].flatMap(({ name, taken, what }) =>
    counterpartNames(name)
      .filter((counterpart) => taken.has(counterpart))
      .map((counterpart) => ({ name: counterpart, what })),
  );
  return [...besides, ...counterparts].map(({ name, what }) =>
    refuse(
      'CONVERSION_NAME_TAKEN',
      table.name,
      `the conversion needs the name ${name} for ${what}, and something else has it. Rename or drop that first.`,
    ),
  );
}

function refuseSchemas({ facts }: Inspection): readonly Refusal[] {
  if (facts.begun.length > 0) return [];
  return SCHEMAS_OF_VIEWS.flatMap((name) => {
    const relations = facts.schemas[name]?.relations ?? [];
    if (relations.length === 0) return [];
    const some = relations.slice(0, 3).join(', ') + (relations.length > 3 ? ', ...' : '');
    const problem = `the conversion makes its views in the schema ${name}, and somebody else's ${some} are in it. Move them to another schema, or rename it.`;
    return [refuse('CONVERSION_SCHEMA_TAKEN', `schema ${name}`, problem)];
  });
}

export function refuseRights(inspection: Inspection): readonly Refusal[] {
  const { facts, tables } = inspection;
  const { role } = facts.session;
  const notOwned = [
    ...[...tables.values()].map((table) => ({ ...table, what: 'table' })),
    ...facts.views.map((view) => ({ ...view, what: 'view' })),
  ].filter(({ isOwned }) => !isOwned);
  return [
    ...notOwned.map(({ name, what, owner }) =>
      refuse(
        'CONVERSION_NOT_OWNER',
        `${what} ${name}`,
        `it belongs to ${owner}, and only its owner may change it, not ${role}. Run the migrator as ${owner}, or grant ${owner} to ${role}.`,
      ),
    ),
    ...refusePublications(inspection),
    ...refuseCreation(inspection),
    ...refuseRowSecurity(inspection),
  ];
}

/** A publication that names a converted column, or selects rows by one, is made anew with the UUIDs. */
function refusePublications({ tables, facts }: Inspection): readonly Refusal[] {
  return [...tables.values()].flatMap(({ name: table, publications, twins }) =>
    publications
      .filter(
        ({ isOwned, columns, filterReads }) =>
          !isOwned && [...(columns ?? []), ...filterReads].some((column) => twins.has(column)),
      )
      .map(({ name }) =>
        refuse(
          'CONVERSION_NOT_OWNER',
          `publication ${name}`,
          `it publishes converted columns of ${table} by name, and ${facts.session.role} may not change it. Run the migrator as its owner, or ` +
            'let the publication have all columns.',
        ),
      ),
  );
}

function refuseCreation({ facts, tables }: Inspection): readonly Refusal[] {
  const { role, mayCreateSchemas } = facts.session;
  const found: Refusal[] = [];
  const missing = ['id_conversion', ...SCHEMAS_OF_VIEWS].filter((name) => !facts.schemas[name]);
  if (!mayCreateSchemas && missing.length > 0) {
    const problem = `${role} may not make the schemas ${missing.join(', ')}. GRANT CREATE ON DATABASE to it, or make them and give them to it.`;
    found.push(refuse('CONVERSION_NO_PRIVILEGE', 'the database', problem));
  }
  const used = new Set([...tables.values()].map(({ schema }) => schema));
  for (const { name, mayCreate } of Object.values(facts.schemas)) {
    const isOwn = name === 'id_conversion' || SCHEMAS_OF_VIEWS.some((own) => own === name);
    if (mayCreate || !(isOwn || used.has(name))) continue;
    const problem = `${role} may not make indexes and views in it. GRANT CREATE ON SCHEMA to it.`;
    found.push(refuse('CONVERSION_NO_PRIVILEGE', `schema ${name}`, problem));
  }
  return found;
}

function refuseRowSecurity({ facts, tables }: Inspection): readonly Refusal[] {
  if (facts.session.bypassesRowSecurity) return [];
  return [...tables.values()]
    .filter(({ rowSecurity }) => rowSecurity === 'forced')
    .map(({ name }) =>
      refuse(
        'CONVERSION_ROW_SECURITY',
        name,
        `its row-level security is forced on its owner too, so ${facts.session.role} would not see, and not convert, every row. Give the role ` +
          'BYPASSRLS, or lift it for the time of the conversion: ALTER TABLE ... NO FORCE ROW LEVEL SECURITY.',
      ),
    );
}
