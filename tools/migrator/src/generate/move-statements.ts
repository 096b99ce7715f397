/** Pure: a type or a sequence under another name, and where it has to be, in another schema. */
import type { ObjectName } from '../catalog/catalog';
import { quotedName } from '../catalog/quoted-name';
import { quote } from './sql-text';
import { at, type Action } from './steps';

export function moveStatements(kind: 'type' | 'sequence', from: ObjectName, to: ObjectName): Action[] {
  const moved =
    from.schema === to.schema ? [] : [`alter ${kind} ${quotedName(from)} set schema ${quote(to.schema)}`];
  const here = { schema: to.schema, name: from.name };
  return at(
    'rename',
    ...moved,
    ...(from.name === to.name ? [] : [`alter ${kind} ${quotedName(here)} rename to ${quote(to.name)}`]),
  );
}
