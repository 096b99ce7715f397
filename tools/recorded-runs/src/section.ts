/** Pure: a titled table of text, and how numbers stand in it. */

export interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Empty where nothing was measured. */
export function millisecondsText(value: number | undefined): string {
  if (value === undefined) return '';
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** Empty where nothing was measured. */
export function ratioText(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(2);
}

/** 1,234,567, rounded. */
export const wholeText = (value: number): string => Math.round(value).toLocaleString('en-US');
