import { Injectable, type Type } from '@nestjs/common';
import type { IdMapContracts, PackedPairs } from '../events/contracts/id-map';
import { SnapshotOf, type SnapshotRow } from '../outbox/snapshot-of';

/**
 * A class that answers listeners which ask for the state of an owner's lanes: they have none. What a listener gets is how
 * far each lane is, and it then compares its copies with the maps (see map-copies.ts).
 */
export function laneSnapshotsOf({ map, pair }: IdMapContracts): Type {
  @Injectable()
  class LaneSnapshots {
    @SnapshotOf(map)
    lanesOfMaps(): Promise<SnapshotRow<PackedPairs>[]> {
      return Promise.resolve([]);
    }

    @SnapshotOf(pair)
    lanesOfNewPairs(): Promise<SnapshotRow<PackedPairs>[]> {
      return Promise.resolve([]);
    }
  }
  return LaneSnapshots;
}
