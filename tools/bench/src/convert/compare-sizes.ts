/** Pure: how large tables and indexes are, before and after, and beside the floor's. */
import type { ContenderName } from './contenders/contender';
import type { ObjectSize } from './databases/measure-sizes';
import type { ConvertDetails } from './results';

/** Smaller ones are not compared: their size is that of their first pages. */
const LEAST_COMPARED_BYTES = 1024 * 1024;

/** After / before of each object of a kind that holds what it held before. */
export function growthsOf(
  before: readonly ObjectSize[],
  after: readonly ObjectSize[],
  kind: ObjectSize['kind'],
): number[] {
  return before
    .filter((size) => size.kind === kind && size.bytes >= LEAST_COMPARED_BYTES)
    .flatMap(({ name, bytes, types }) => {
      const now = after.find((size) => size.name === name && size.types === types);
      return now ? [now.bytes / bytes] : [];
    });
}

/** The indexes of one contender whose columns were converted, each divided by the floor's of the same name. */
export function indexesOverFloor(details: readonly ConvertDetails[], contender: ContenderName): number[] {
  const own = details.find((candidate) => candidate.contender === contender);
  const floor = details.find((candidate) => candidate.contender === 'floor');
  if (!own || !floor) return [];
  return own.after
    .filter(({ kind, name, types }) => {
      const before = own.before.find((size) => size.name === name);
      return kind === 'index' && before !== undefined && before.types !== types;
    })
    .flatMap(({ name, bytes }) => {
      const built = floor.after.find((size) => size.name === name);
      return built && built.bytes >= LEAST_COMPARED_BYTES ? [bytes / built.bytes] : [];
    });
}
