import { ChangeTexts } from './change-texts';

/** Drops the space around a text, or around each of a list, before it is validated. */
export function Trimmed(): PropertyDecorator {
  return ChangeTexts((text) => text.trim());
}
