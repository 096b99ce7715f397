/** Pure: whether what is to be renamed is there, and its new name free and wanted. */
import type { Catalog } from '../catalog/catalog';
import { MigratorError } from '../errors';
import type { Decisions } from './decisions';

/** @throws MigratorError BAD_OPTION */
export function checkRenames(
  from: Catalog,
  to: Catalog,
  { renames, tableRenames }: Pick<Decisions, 'renames' | 'tableRenames'>,
): void {
  for (const rename of tableRenames) {
    const option = `--rename-table ${rename.from}:${rename.to}`;
    checkNames(option, 'table', rename, Object.keys(from.tables), Object.keys(to.tables), tableRenames);
  }
  for (const rename of renames) {
    const option = `--rename ${rename.table}.${rename.from}:${rename.to}`;
    const newTable = tableRenames.find((other) => other.from === rename.table)?.to ?? rename.table;
    const [old, wanted] = [from.tables[rename.table], to.tables[newTable]];
    if (!old || !wanted) {
      throw new MigratorError(
        'BAD_OPTION',
        `${option}: ${old ? 'the entities have' : 'the migrations make'} no table ${old ? newTable : rename.table}.`,
      );
    }
    const namesOf = ({ columns }: typeof old) => columns.map(({ name }) => name);
    const others = renames.filter(({ table }) => table === rename.table);
    checkNames(option, 'column', rename, namesOf(old), namesOf(wanted), others);
  }
}

function checkNames(
  option: string,
  kind: 'table' | 'column',
  { from, to }: { readonly from: string; readonly to: string },
  old: readonly string[],
  wanted: readonly string[],
  renames: readonly { readonly from: string; readonly to: string }[],
): void {
  const refuse = (problem: string) => {
    throw new MigratorError('BAD_OPTION', `${option}: ${problem}`);
  };
  if (!old.includes(from)) refuse(`the migrations make no ${kind} ${from}. There is: ${old.join(', ')}.`);
  if (!wanted.includes(to)) refuse(`the entities have no ${kind} ${to}. They have: ${wanted.join(', ')}.`);
  if (old.includes(to) && !renames.some((rename) => rename.from === to)) {
    refuse(
      `there is a ${kind} ${to} already. Rename or drop that one first, in a migration before this one.`,
    );
  }
  if (renames.filter((rename) => rename.from === from || rename.to === to).length > 1) {
    refuse(`this ${kind} is renamed twice.`);
  }
}
