/**
 * The online conversion of numeric ids into UUIDs: what a service's declarations and migrations import, and nothing else.
 * How it works stands in the files of the five phases, in their order.
 */
export type {
  ArrayReference,
  ColumnReference,
  ConvertedKey,
  DanglingPolicy,
  IdConversion,
  JsonReference,
  PolymorphicReference,
  Reference,
} from './declaration';
export { addUuidColumns } from './phases/add-uuid-columns';
export { generateUuids } from './phases/generate-uuids';
export { updateReferences } from './phases/update-references';
export { switchPrimaryKeys } from './phases/switch-primary-keys';
export { removeNumericIds } from './phases/remove-numeric-ids';
export type { ConversionPhase } from './phases/phase-context';
