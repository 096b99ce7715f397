import type { Catalog } from '../catalog/catalog';
import type { RowText } from '../scratch/rows-snapshot';
import { judgeLaterRows, judgeRows, type Rows } from './judge-rows';

const HALVES = new Map([
  ['sessions.userId', 'userId_uuid'],
  ['sessions.userId_uuid', 'userId'],
]);
const catalog = (columns: readonly string[]) =>
  ({
    tables: { sessions: { columns: columns.map((name) => ({ name })), constraints: {} } },
  }) as unknown as Catalog;
const COLUMNS = ['userId', 'userId_uuid'];
const rows = (all: readonly RowText[], columns = COLUMNS): Rows => ({
  ...{ catalog: catalog(columns), rows: { sessions: all }, halves: HALVES },
});

describe('halves of an id conversion', () => {
  const filled = { userId: '7', userId_uuid: 'seven' };

  it('lose nothing by being filled', () => {
    const before = rows([{ userId: '7', userId_uuid: null }]);
    expect(judgeRows(before, rows([filled]), rows([filled]))).toEqual({ givenUpByUp: [], lostByDown: [] });
    const later = rows([{ userId: null, userId_uuid: 'seven' }]);
    const added = { goesWithDown: [], lostByDown: [] };
    expect(
      judgeLaterRows(rows([], ['userId']), rows([]), later, rows([{ userId: '7' }], ['userId'])),
    ).toEqual(added);
  });

  it('lose what was null in both, or is another one', () => {
    const nobody = rows([{ userId: null, userId_uuid: null }]);
    const { givenUpByUp } = judgeRows(nobody, rows([filled]), rows([filled]));
    expect(givenUpByUp).toEqual([
      'sessions.userId: 1 row lost its value, as NULL',
      'sessions.userId_uuid: 1 row lost its value, as NULL',
    ]);
    const other = rows([{ userId: '7', userId_uuid: 'eight' }]);
    expect(judgeRows(other, rows([filled]), rows([filled])).givenUpByUp).toEqual([
      "sessions.userId_uuid: 1 row lost its value, as 'eight'",
    ]);
  });
});
