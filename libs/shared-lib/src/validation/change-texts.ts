import { Transform } from 'class-transformer';

/** Changes a text, or each text of a list, before it is validated; everything else is left for the validators. */
export function ChangeTexts(change: (text: string) => string): PropertyDecorator {
  const changeText = (value: unknown): unknown => (typeof value === 'string' ? change(value) : value);
  return Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map(changeText) : changeText(value),
  );
}
