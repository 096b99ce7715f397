import { storableText } from './storable-text';

test.each([
  ['as it is', 'as it is'],
  ['with a \0 zero', 'with a  zero'],
  ['half a \ud83c', 'half a \ufffd'],
  ['much too long to be kept as it is', 'much too long to be '],
])('%j is kept as %j', (text, kept) => expect(storableText(text, 20)).toBe(kept));
