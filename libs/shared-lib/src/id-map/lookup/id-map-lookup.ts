/** Old id -> new id and back, for programs that still know one of them. Owns the queries; kept after the conversion's end. */
import { Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { IdMapError } from '../id-map-error';
import { findIdMap, type IdMap } from '../registered-maps';
import { queryOf, type Query } from '../query';

export interface IdPair {
  /** A bigint as text: JavaScript's numbers, and so those of most JSON readers, end at 2^53. */
  readonly number: string;
  readonly uuid: string;
}

export interface IdsToLookUp {
  readonly numbers?: readonly string[];
  readonly uuids?: readonly string[];
}

@Injectable()
export class IdMapLookup {
  private readonly query: Query;

  /** @param owner whose id maps are answered for: the service itself */
  constructor(
    private readonly owner: string,
    dataSource: DataSource,
  ) {
    this.query = queryOf(dataSource.manager);
  }

  /** @throws IdMapError ID_MAP_NOT_FOUND, ID_NOT_MAPPED */
  async byNumber(map: string, number: string): Promise<IdPair> {
    const [pair] = await this.find(map, { numbers: [number] });
    if (pair) return pair;
    throw new IdMapError(
      'ID_NOT_MAPPED',
      `the id map ${map} has no number ${number}: no row of ${map} has ever had it since the conversion began.`,
    );
  }

  /** @throws IdMapError ID_MAP_NOT_FOUND, ID_NOT_MAPPED */
  async byUuid(map: string, uuid: string): Promise<IdPair> {
    const [pair] = await this.find(map, { uuids: [uuid] });
    if (pair) return pair;
    throw new IdMapError(
      'ID_NOT_MAPPED',
      `the id map ${map} has no UUID ${uuid}: rows that were made after the conversion's end have no number.`,
    );
  }

  /**
   * Those that are there, each once and in the order of their numbers.
   * @throws IdMapError ID_MAP_NOT_FOUND
   */
  async find(name: string, { numbers = [], uuids = [] }: IdsToLookUp): Promise<IdPair[]> {
    const { table } = await this.map(name);
    return this.query<IdPair>(
      `SELECT "number"::text AS "number", "uuid"::text AS "uuid" FROM (
         SELECT "number", "uuid" FROM ${table} WHERE "number" = ANY ($1::bigint[])
          UNION SELECT "number", "uuid" FROM ${table} WHERE "uuid" = ANY ($2::uuid[])
       ) AS pair ORDER BY pair."number"`,
      [numbers, uuids],
    );
  }

  private async map(name: string): Promise<IdMap> {
    const map = await findIdMap(this.query, name, this.owner);
    if (!map) throw IdMapError.notFound(name, this.owner);
    return map;
  }
}
