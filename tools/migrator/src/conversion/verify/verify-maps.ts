/**
 * The id maps of one service: its own when it owns the keys, or its copies against the owner's.
 *
 * A pair that a copy does not have is missing when a row here is not proven, which may be for want of it. Otherwise it is of a row to which nobody
 * here refers: events bring it, and without them the contract, or its way back, which copy the whole map.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Query } from '../../pg/query';
import { isOwner, type IdConversion } from '../declaration';
import { mapDigest } from '../id-map/map-digest';
import { idMapOf } from '../names';
import { compareMaps, type MapComparison } from './compare-maps';
import { verdictOf, type AskOwner, type Finding, type MapProof } from './verification';

/** Between services that run, a new pair is there within a second. */
const PATIENCE_MS = 5_000;
const POLL_MS = 250;
/** More than that are no new pairs. */
const MOST_UNDER_WAY = 1_000;

export interface MapsVerified {
  readonly maps: readonly MapProof[];
  readonly findings: readonly Finding[];
}

/** @param areRowsProven whether every row of this service is right without any further pair */
export async function verifyMaps(
  query: Query,
  conversion: IdConversion,
  { askOwner, areRowsProven }: { readonly askOwner: AskOwner; readonly areRowsProven: boolean },
): Promise<MapsVerified> {
  const maps: MapProof[] = [];
  const findings: Finding[] = [];
  for (const { table } of conversion.keys) {
    const verified = isOwner(conversion)
      ? { proof: await ownMap(query, table), findings: [] }
      : await copyOfMap(query, conversion, table, { askOwner, areRowsProven });
    maps.push(verified.proof);
    findings.push(...verified.findings);
  }
  return { maps, findings };
}

async function ownMap(query: Query, map: string): Promise<MapProof> {
  const { pairs, checksum } = await mapDigest(query, map);
  return { map, pairs, checksum, owner: null, underWay: 0, notHere: 0, verdict: 'proven' };
}

async function copyOfMap(
  query: Query,
  conversion: IdConversion,
  map: string,
  { askOwner, areRowsProven }: { readonly askOwner: AskOwner; readonly areRowsProven: boolean },
) {
  const subject = `id map of ${map}`;
  const { owner } = conversion;
  const compared = await askOwner(conversion, (theirs) => compareMaps(query, theirs, map));
  if (!compared) {
    const message = `${owner}'s database cannot be reached from here, so the copy was not compared. Run this where both databases can be.`;
    const finding: Finding = { verdict: 'open', code: 'MAP_NOT_COMPARED', subject, message, examples: [] };
    return { proof: { ...(await ownMap(query, map)), verdict: 'open' as const }, findings: [finding] };
  }
  const notHere = areRowsProven ? compared.missing : await awaitPairs(query, map, compared);
  const findings: Finding[] = [];
  if (compared.differing > 0) {
    findings.push({
      ...{ verdict: 'wrong', code: 'PAIRS_DIFFER', subject, examples: compared.examples },
      message:
        `${compared.differing} pair(s) of the copy are not ${owner}'s. The owner is right: find out who wrote the other pair and which rows ` +
        `have its UUID (the columns above say so), mend those, delete the pair here, and run the phase of the copy again.`,
    });
  }
  if (notHere > 0 && !areRowsProven) {
    findings.push({
      ...{ verdict: 'open', code: 'PAIRS_MISSING', subject },
      message:
        `${notHere} pair(s) of ${owner} are not here. Events bring them while both services run with NATS; without, the next phase ` +
        'brings those that rows wait for.',
      examples: compared.missingNumbers.slice(0, 10),
    });
  }
  const { ours, theirs } = compared;
  const proof: MapProof = {
    ...{ map, pairs: ours.pairs, checksum: ours.checksum },
    owner: { pairs: theirs.pairs, checksum: theirs.checksum },
    underWay: compared.missing - notHere,
    notHere,
    verdict: verdictOf(findings),
  };
  return { proof, findings };
}

/** @returns how many of the pairs that were missing have not come in the time in which new pairs come */
async function awaitPairs(
  query: Query,
  map: string,
  { missing, missingNumbers }: MapComparison,
): Promise<number> {
  if (missing > MOST_UNDER_WAY || missing > missingNumbers.length) return missing;
  const givesUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const [row] = await query<{ missing: string }>(
      `SELECT count(*)::text AS "missing" FROM unnest($1::bigint[]) AS wanted("number")
        WHERE NOT EXISTS (SELECT FROM ${idMapOf(map)} AS m WHERE m."number" = wanted."number")`,
      [missingNumbers],
    );
    if (row!.missing === '0' || Date.now() > givesUpAt) return Number(row!.missing);
    await pause(POLL_MS);
  }
}
