/** A sequence that no event reaches: what holds it stays as it is. */
export const NO_MORE_NEWS = Number.MAX_SAFE_INTEGER;
