import { ChangeTexts } from './change-texts';

/** Drops the space around a text and the difference between its letters' cases, before it is validated. */
export function LowerCased(): PropertyDecorator {
  return ChangeTexts((text) => text.trim().toLowerCase());
}
