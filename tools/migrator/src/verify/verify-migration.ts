/**
 * One migration, on the scratch database that holds everything before it and rows:
 *
 *   the walk's database    before --up--> after ............................................. goes on from here
 *   a copy of it                            `--down--> as before? --up--> as after? --more rows, down--> what is lost?
 *
 * The copy takes what `down` may break, so that one bad migration does not spoil the verdict on the next.
 */
import type { Migration } from '../model';
import { Findings, type Judgement } from './findings';
import { judgeLaterRows, judgeRows } from './judge-rows';
import { differences, fill, readMoment, readRowsOf, type Moment } from './moment';
import { tryRun } from './try-run';
import type { Walk } from './walk';

/** @returns the verdict, with the walk's database one migration further unless `up` failed */
export async function verifyMigration(walk: Walk, migration: Migration): Promise<Judgement> {
  const before = await walk.now();
  const findings = new Findings(migration);
  const failure = await walk.up(migration, (note) => findings.note(note));
  if (failure) return findings.failed(`up fails: ${failure}`);
  const start = walk.restarted ?? before;
  const after = await walk.now();
  await walk.withCopy((copy) => verifyDown(copy, walk, migration, { start, after }, findings));
  await walk.fill();
  return findings.judgement();
}

interface Moments {
  readonly start: Moment;
  readonly after: Moment;
}

async function verifyDown(
  copy: string,
  walk: Walk,
  migration: Migration,
  { start, after }: Moments,
  findings: Findings,
): Promise<void> {
  const { service } = walk;
  const changes = differences(start, after).length > 0 || !sameRows(start, after);
  const down = await tryRun(copy, migration, 'down');
  if ('failure' in down) return findings.irreversible(`down fails: ${down.failure}`);
  if (down.statements === 0 && changes)
    return findings.irreversible('down does nothing, and up changes the database');

  const back = await readMoment(copy, service);
  const left = differences(back, start);
  if (left.length > 0) return findings.irreversible(`down does not bring the schema back:${list(left)}`);
  const { givenUpByUp, lostByDown } = judgeRows(start, after, back);
  if (givenUpByUp.length > 0)
    findings.lossy(`up gives up values, which no down brings back:${list(givenUpByUp)}`);
  if (lostByDown.length > 0) findings.lossyByDown(`down loses values that up had kept:${list(lostByDown)}`);

  const again = await tryRun(copy, migration, 'up');
  if ('failure' in again) return findings.error(`up works once; after down it fails: ${again.failure}`);
  const afterAgain = await readMoment(copy, service);
  const other = differences(afterAgain, after);
  if (other.length > 0)
    return findings.error(`up makes something else the second time, after down:${list(other)}`);

  await fill(copy, service, after.catalog, { seed: walk.nextSeed() });
  const filled = await readRowsOf(copy, service, after.catalog);
  const last = await tryRun(copy, migration, 'down');
  if ('failure' in last) {
    const state = migration.transaction ? 'changing nothing' : 'halfway, for it has no transaction';
    return findings.note(`down can refuse once there are newer rows, ${state}: ${last.failure}`);
  }
  const reverted = await readRowsOf(copy, service, back.catalog);
  const later = judgeLaterRows(back, afterAgain, filled, reverted);
  if (later.goesWithDown.length > 0) findings.goesWithDown(later.goesWithDown);
  if (later.lostByDown.length > 0 && lostByDown.length === 0) {
    findings.lossyByDown(`down loses values written after up:${list(later.lostByDown)}`);
  }
}

function sameRows(one: Moment, other: Moment): boolean {
  const sorted = ({ rows }: Moment) =>
    Object.entries(rows).map(([table, all]) => [table, all.map((row) => JSON.stringify(row)).sort()]);
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

const list = (lines: readonly string[]) => lines.map((line) => `\n  ${line}`).join('');
