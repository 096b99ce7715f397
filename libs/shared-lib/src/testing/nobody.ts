/** An id that no row has. */
export const NOBODY = '019aa000-0000-7000-8000-ffffffffffff';
