/**
 * Pure: SQL expressions that draw values from a seed and a row's number. They are computed inside Postgres, where millions of
 * them are cheap, and are the same on every server: the hash is the one that hash partitions of all versions rely on.
 */
const LARGEST_BIGINT = '9223372036854775807';

export class Draw {
  constructor(private readonly seed: number) {}

  /**
   * An integer from 0 to `bound - 1`, in SQL.
   * @param what names the draw; draws of different names are independent
   * @param row an SQL expression of type bigint
   */
  below(bound: number | string, what: string, row: string): string {
    return `((${this.hash(what, row)} & ${LARGEST_BIGINT}) % (${bound}))::int`;
  }

  /** True for `percent` of the rows, in SQL. */
  chance(percent: number, what: string, row: string): string {
    return `(${this.below(1000, what, row)} < ${Math.round(percent * 10)})`;
  }

  /** One of the values, in SQL. */
  oneOf(values: readonly string[], what: string, row: string): string {
    const list = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
    return `(ARRAY[${list}])[1 + ${this.below(values.length, what, row)}]`;
  }

  /** A bigint of any value, to sort rows in a drawn order, in SQL. */
  hash(what: string, row: string): string {
    return `hashint8extended((${row})::bigint, ${this.salt(what)})`;
  }

  /** 32 hexadecimal digits, in SQL. */
  hex(what: string, row: string): string {
    return `md5('${this.seed}:${what}:' || (${row}))`;
  }

  /** A UUID of version 4's shape, in SQL. */
  uuid(what: string, row: string): string {
    return `overlay(overlay(${this.hex(what, row)} placing '4' from 13 for 1) placing '8' from 17 for 1)::uuid`;
  }

  /** FNV-1a, so that names draw independently of each other. */
  private salt(what: string): number {
    let hash = 2166136261 ^ this.seed;
    for (const character of what) hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619);
    return hash >>> 0;
  }
}
