/**
 * Pure: the two sides of a conversion. Every column of it is there twice, and so is every index and constraint that needs one of
 * them: the *plain* one, with the name that it always had, on the columns with the plain names; and its *counterpart*, on the twins.
 * Which side is which depends on the shape of the database; the rules are the same in both, so the way back is the way there.
 *
 *   shape numeric    users_pkey (id)     its counterpart users_pkey_uuid    (id_uuid)
 *   shape uuid       users_pkey (id)     its counterpart users_pkey_numeric (id_numeric)
 *
 * A table has one primary key only, and its index goes with it when the other side takes its place. So before that there is a
 * *spare* of it, on the plain columns, with the name that the counterpart will have when this side is no longer plain.
 */
import type { IdConversion } from '../declaration';
import { nameWithSuffix } from '../names';
import { twinNames, twinsByTable, type Shape } from '../twins';

export const otherShape = (shape: Shape): Shape => (shape === 'numeric' ? 'uuid' : 'numeric');

/** What the counterpart of something called `name` is called, while the database has this shape. */
export const counterpartName = (name: string, shape: Shape) => nameWithSuffix(name, `_${otherShape(shape)}`);

/** What something called `name` will be called when the database no longer has this shape. */
export const displacedName = (name: string, shape: Shape) => nameWithSuffix(name, `_${shape}`);

/** By the plain name of a column, the name of its twin. */
export type TwinColumns = ReadonlyMap<string, string>;

/** By table. */
export function twinColumns(conversion: IdConversion, shape: Shape): ReadonlyMap<string, TwinColumns> {
  const tables = [...twinsByTable(conversion)].map(([table, twins]) => {
    const columns = twins.map((twin) => {
      const names = twinNames(twin, shape);
      return [names[shape], names[otherShape(shape)]] as const;
    });
    return [table, new Map(columns)] as const;
  });
  return new Map(tables);
}
