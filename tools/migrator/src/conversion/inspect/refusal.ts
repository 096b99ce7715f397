/** Why a conversion is not begun: what the inspection found, said so that somebody can do something about it. */

export type RefusalCode =
  // The declaration itself.
  | 'CONVERSION_NAME_INVALID'
  | 'CONVERSION_NOTHING_TO_CONVERT'
  | 'CONVERSION_TABLE_NAME_INVALID'
  | 'CONVERSION_KEY_TWICE'
  | 'CONVERSION_KEY_IS_REFERENCE'
  | 'CONVERSION_UNKNOWN_TARGET'
  | 'CONVERSION_KINDS_DIFFER'
  | 'CONVERSION_REFERENCE_TWICE'
  | 'CONVERSION_JSON_PATH_INVALID'
  // Tables.
  | 'CONVERSION_TABLE_NOT_FOUND'
  | 'CONVERSION_NOT_A_TABLE'
  | 'CONVERSION_PARTITION'
  | 'CONVERSION_PARTITION_KEY'
  | 'CONVERSION_PARTITIONED'
  | 'CONVERSION_INHERITANCE'
  | 'CONVERSION_TYPED_TABLE'
  | 'CONVERSION_ROW_TYPE_USED'
  // Columns.
  | 'CONVERSION_COLUMN_NOT_FOUND'
  | 'CONVERSION_DOMAIN_TYPE'
  | 'CONVERSION_KEY_TYPE'
  | 'CONVERSION_KEY_NOT_UNIQUE'
  | 'CONVERSION_REFERENCE_TYPE'
  | 'CONVERSION_TYPE_COLUMN'
  | 'CONVERSION_DEFAULT'
  | 'CONVERSION_GENERATED'
  | 'CONVERSION_CANNOT_SET_NULL'
  // What hangs on them.
  | 'CONVERSION_FOREIGN_KEY_UNDECLARED'
  | 'CONVERSION_FOREIGN_KEY_ELSEWHERE'
  | 'CONVERSION_TEMPORAL'
  | 'CONVERSION_CHECK'
  | 'CONVERSION_EXCLUSION'
  | 'CONVERSION_EXCLUSION_TOO_LARGE'
  | 'CONVERSION_INDEX'
  | 'CONVERSION_STATISTICS'
  | 'CONVERSION_TRIGGER'
  | 'CONVERSION_RULE'
  | 'CONVERSION_FUNCTION'
  | 'CONVERSION_POLICY'
  | 'CONVERSION_PUBLICATION'
  | 'CONVERSION_VIEW'
  | 'CONVERSION_VIEW_OF_WHOLE_ROWS'
  | 'CONVERSION_VIEW_OF_TABLES_ALONE'
  // Names and rights.
  | 'CONVERSION_NAME_HAS_DOT'
  | 'CONVERSION_NAME_TWICE'
  | 'CONVERSION_NAME_TAKEN'
  | 'CONVERSION_SCHEMA_TAKEN'
  | 'CONVERSION_IN_ANOTHER'
  | 'CONVERSION_NOT_OWNER'
  | 'CONVERSION_NO_PRIVILEGE'
  | 'CONVERSION_ROW_SECURITY';

/** Nothing stands in the way, but the inspection cannot see whether all is well: somebody has to look. */
export type CautionCode =
  'CONVERSION_FUNCTION_MENTIONS' | 'CONVERSION_VIEW_OF_DOCUMENTS' | 'CONVERSION_KEY_WITHOUT_SEQUENCE';

interface Finding<Code> {
  readonly code: Code;
  /** What it is about: `users.id`, `view rosters`. */
  readonly subject: string;
  /** Begins with the subject; what, why, and what to do. */
  readonly message: string;
}

export type Refusal = Finding<RefusalCode>;
export type Caution = Finding<CautionCode>;

/** @param problem sentences that follow the subject and a colon */
export const refuse = (code: RefusalCode, subject: string, problem: string): Refusal => ({
  code,
  subject,
  message: `${subject}: ${problem}`,
});

export const caution = (code: CautionCode, subject: string, problem: string): Caution => ({
  code,
  subject,
  message: `${subject}: ${problem}`,
});
