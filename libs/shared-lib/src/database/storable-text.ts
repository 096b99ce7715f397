/**
 * A text of somebody else's making as a column can hold it: without zeros, which Postgres refuses, without halves of
 * characters, which would not come back as they were, and no longer than that many characters.
 */
export function storableText(text: string, length: number): string {
  return Buffer.from(text.slice(0, length).replaceAll('\0', '')).toString();
}
