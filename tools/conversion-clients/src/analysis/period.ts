/** A stretch of time; milliseconds since 1970. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A period with a name that a picture and a table can show: a phase of a conversion. */
export interface NamedPeriod extends Period {
  readonly name: string;
}

/** Something that happened; milliseconds since 1970. */
export interface NamedMoment {
  readonly name: string;
  readonly atMs: number;
}
