/**
 * How the pairs of an id map travel: which UUID each number of a converted key became (see the room id-map).
 *
 * Pairs are packed by Postgres and unpacked by Postgres: 24 bytes each, an int8 in network byte order and the uuid, as base64.
 * Nothing in between decodes them; a checksum over the text is what everybody on the way can verify.
 *
 * There are two aggregates, so that the pair of a row that was just made never queues behind millions of those that a
 * backfill makes:
 *
 *   id-map   filled.v1   pairs of rows that were there before, thousands at a time
 *   id-pair  made.v1     pairs of new rows, as they come
 *
 * Their aggregate ids are lanes (`users/7`) and name nothing: pairs have no order, so the lanes are there to be worked at
 * side by side, and a message that is lost holds up its own lane alone.
 */
import { createHash } from 'node:crypto';
import { IsInt, Length, Max, Min, ValidateBy, type ValidationArguments } from 'class-validator';
import { defineAggregate, type AggregateContract } from '../aggregate-contract';
import { defineEvent, type EventContract } from '../event-contract';

/** 160 KB of base64, well below the limit of an event. */
export const MOST_PAIRS_OF_A_MESSAGE = 5_000;

/** Four characters of base64 are three bytes, so 24 bytes need no padding. */
const CHARACTERS_OF_A_PAIR = 32;

/** `schema.table` with the longest names that Postgres keeps. */
const LONGEST_MAP_NAME = 127;

const BASE64 = /^[A-Za-z0-9+/]*$/;

function IsPackedPairs(): PropertyDecorator {
  return ValidateBy({
    name: 'isPackedPairs',
    validator: {
      validate: (value: unknown, args?: ValidationArguments) =>
        typeof value === 'string' &&
        value.length === (args?.object as PackedPairs).count * CHARACTERS_OF_A_PAIR &&
        BASE64.test(value),
      defaultMessage: () => `$property must be base64 of 24 bytes for each of "count" pairs`,
    },
  });
}

function IsChecksumOfPairs(): PropertyDecorator {
  return ValidateBy({
    name: 'isChecksumOfPairs',
    validator: {
      validate: (value: unknown, args?: ValidationArguments) => {
        const { pairs } = args?.object as PackedPairs;
        return typeof pairs === 'string' && value === createHash('sha256').update(pairs).digest('hex');
      },
      defaultMessage: () => `$property must be the SHA-256 of "pairs", in hexadecimal`,
    },
  });
}

export class PackedPairs {
  /** The owner's table whose numbers these are: `users`, or `club.users` outside the schema public. */
  @Length(1, LONGEST_MAP_NAME)
  map!: string;

  @IsInt()
  @Min(1)
  @Max(MOST_PAIRS_OF_A_MESSAGE)
  count!: number;

  /** Base64, in the order of the numbers. */
  @IsPackedPairs()
  pairs!: string;

  /** SHA-256 of the text `pairs`, in hexadecimal. */
  @IsChecksumOfPairs()
  checksum!: string;
}

/** What the owner of id maps tells of them. */
export interface IdMapContracts {
  /** Nx project name of the owner. */
  readonly service: string;
  readonly map: AggregateContract<PackedPairs>;
  readonly filled: EventContract<PackedPairs>;
  readonly pair: AggregateContract<PackedPairs>;
  readonly made: EventContract<PackedPairs>;
}

/**
 * The events of one owner's id maps, whichever tables they are of. A lane has no state that could be asked for: a copy that
 * misses something asks for pages of the map itself.
 * @throws RangeError for a name that cannot stand in a subject
 */
export function defineIdMaps(service: string): IdMapContracts {
  const map = defineAggregate({ service, aggregate: 'id-map', state: PackedPairs });
  const pair = defineAggregate({ service, aggregate: 'id-pair', state: PackedPairs });
  return Object.freeze({
    ...{ service, map, pair },
    filled: defineEvent({ ...map, verb: 'filled', data: PackedPairs }),
    made: defineEvent({ ...pair, verb: 'made', data: PackedPairs }),
  });
}
