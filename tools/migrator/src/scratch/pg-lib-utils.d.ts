/** What `pg` itself turns parameters into before it sends them; @types/pg leaves it out. */
declare module 'pg/lib/utils' {
  export function prepareValue(value: unknown): unknown;
}
