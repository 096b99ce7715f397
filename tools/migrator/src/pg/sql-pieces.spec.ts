import fc from 'fast-check';
import { sqlPieces } from './sql-pieces';

/** What is quoted in «», what is a comment in ‹›. */
function show(sql: string): string {
  const frames = { plain: ['', ''], quoted: ['«', '»'], comment: ['‹', '›'] } as const;
  return sqlPieces(sql)
    .map(({ kind, text }) => frames[kind].join(text))
    .join('');
}

it.each([
  ['strings', `a 'b' c`, `a «'b'» c`],
  ['a doubled quote in a string', `'it''s' x`, `«'it''s'» x`],
  ['an empty string', `'' x`, `«''» x`],
  ['a backslash at the end of an ordinary string', String.raw`'C:\' x`, String.raw`«'C:\'» x`],
  ['an escaped quote in an E string', String.raw`E'it\'s' x`, String.raw`«E'it\'s'» x`],
  ['an escaped backslash at the end of an E string', String.raw`e'C:\\' x`, String.raw`«e'C:\\'» x`],
  ['a word that ends in e before a string', String.raw`date'\' x`, String.raw`date«'\'» x`],
  ['quoted identifiers', `"a'b" 'c'`, `«"a'b"» «'c'»`],
  ['a doubled quote in an identifier', `"a""b" c`, `«"a""b"» c`],
  ['dollar quotes', `do $$ it's $$ x`, `do «$$ it's $$» x`],
  ['dollar quotes with a tag, and others within', `$f$ $$ $g$ $f$ x`, `«$f$ $$ $g$ $f$» x`],
  ['parameters, which are not dollar quotes', `$1$2 x`, `$1$2 x`],
  ['dollars within a word', `a$b$ 'c' a$b$`, `a$b$ «'c'» a$b$`],
  ['a comment to the end of the line', `a -- it's\nb 'c'`, `a ‹-- it's›\nb «'c'»`],
  ['a comment to the end of the text', `a -- b`, `a ‹-- b›`],
  ['comments between', `a /* it's */ b`, `a ‹/* it's */› b`],
  ['comments within comments', `a /* b /* c */ d */ e`, `a ‹/* b /* c */ d */› e`],
  ['comment signs in a string', `'--' '/*' x`, `«'--'» «'/*'» x`],
  ['a string that is left open', `a 'b`, `a «'b»`],
])('finds %s', (_, sql, shown) => {
  expect(show(sql)).toBe(shown);
});

it('loses nothing', () => {
  const letters = fc.constantFrom(...`'"$-/*\\ \n;`, 'E', 'a', '1', 'é');
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 30 }), (sql) => {
      expect(
        sqlPieces(sql)
          .map(({ text }) => text)
          .join(''),
      ).toBe(sql);
    }),
    { numRuns: 2_000 },
  );
});
