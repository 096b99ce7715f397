/** Pure: tables that cannot have twins. */
import { SCHEMAS_OF_VIEWS, type InspectedTable, type Inspection } from '../inspection';
import { refuse, type Refusal } from '../refusal';

export function refuseTables(inspection: Inspection): readonly Refusal[] {
  const { facts, conversion } = inspection;
  const absent = inspection.tableNames.flatMap((name): readonly Refusal[] => {
    if (inspection.tables.has(name)) return [];
    const found = facts.relations[name];
    if (!found) {
      const problem = `${conversion.service}'s database has no such table. Correct the declaration, or run the migrations that make it first.`;
      return [refuse('CONVERSION_TABLE_NOT_FOUND', name, problem)];
    }
    const problem =
      `it is a ${found.kind}, which cannot have columns, triggers and indexes of its own as a conversion needs them. Declare the ` +
      'table that has the rows.';
    return [refuse('CONVERSION_NOT_A_TABLE', name, problem)];
  });
  return [...absent, ...[...inspection.tables.values()].flatMap(refuseTable), ...refuseSameNames(inspection)];
}

function refuseTable(table: InspectedTable): readonly Refusal[] {
  const { name } = table;
  const found: Refusal[] = [];
  if (table.partitionOf !== null) {
    const problem = `it is a partition, whose columns are those of ${table.partitionOf}. Declare ${table.partitionOf} instead; its partitions come along.`;
    found.push(refuse('CONVERSION_PARTITION', name, problem));
  }
  if (table.parents.length > 0 || table.children.length > 0) {
    const others = [...table.parents, ...table.children].join(', ');
    const problem =
      `it shares columns by inheritance with ${others}, and keys, triggers and foreign keys are not inherited. End the inheritance ` +
      '(ALTER TABLE ... NO INHERIT), or make partitions of the children.';
    found.push(refuse('CONVERSION_INHERITANCE', name, problem));
  }
  if (table.ofType !== null) {
    const problem = `it is a table OF the type ${table.ofType}, and gets no column that the type has not. Detach it first: ALTER TABLE ... NOT OF.`;
    found.push(refuse('CONVERSION_TYPED_TABLE', name, problem));
  }
  for (const use of table.rowTypeUsedBy) {
    const problem = `the column ${use} keeps whole rows of it, with their numbers inside. Replace that column by a reference or by JSON first.`;
    found.push(refuse('CONVERSION_ROW_TYPE_USED', name, problem));
  }
  return found;
}

/** Tables and views of all schemas stand side by side in the conversion's two schemas of views. */
function refuseSameNames({ tables, facts }: Inspection): readonly Refusal[] {
  const byRelation = new Map<string, string[]>();
  for (const { relation, name } of [...tables.values(), ...facts.views]) {
    byRelation.set(relation, [...(byRelation.get(relation) ?? []), name]);
  }
  const views = facts.views.filter(({ schema, relation }) => `${schema}${relation}`.includes('.'));
  return [
    ...[...byRelation.values()]
      .filter((names) => names.length > 1)
      .map((names) =>
        refuse(
          'CONVERSION_NAME_TWICE',
          names.join(' and '),
          `they have the same name in different schemas, and in the schemas ${SCHEMAS_OF_VIEWS.join(' and ')} there is one view for each ` +
            'name. Rename one of them, or take it out of the conversion.',
        ),
      ),
    ...views.map(({ name }) =>
      refuse(
        'CONVERSION_NAME_HAS_DOT',
        `view ${JSON.stringify(name)}`,
        'it reads a converted table, and a name with a dot of its own cannot be told from one with a schema. Rename it.',
      ),
    ),
  ];
}
