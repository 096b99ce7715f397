/** One contender under one load, on new databases and a new NATS server: warmed up, measured, verified. */
import { startTemporaryNats } from '@hockey-hub/dev-services';
import type { Client } from 'pg';
import type { EventsCase } from './cases';
import type { ContenderName } from './contenders/contender';
import type { Effects } from './load/effect-log';
import type { Written } from './load/load';
import { prepareDatabases } from './plays/databases';
import { verifyPlays } from './plays/verify-plays';
import { startParticipant, type Participant } from './process/participant';
import { sampleOf, type EventsSample } from './sample';

/** For a process to start, or for the events of a run to arrive when nobody writes any more. */
const PATIENCE_MS = 60_000;

export interface RunContext {
  readonly workspaceRoot: string;
  readonly admin: Client;
  readonly serverUrl: string;
}

/** @throws BenchError CONTENDER_FAILED, DIFFERENT_OUTCOME */
export async function measureRun(
  contender: ContenderName,
  benchCase: EventsCase,
  { workspaceRoot, admin, serverUrl }: RunContext,
): Promise<EventsSample> {
  await prepareDatabases(admin, serverUrl);
  const nats = await startTemporaryNats();
  const participants: Participant[] = [];
  const start = async (role: 'scorer' | 'scoreboard'): Promise<Participant> => {
    const servers = { databaseUrl: serverUrl, natsUrl: nats.url };
    const participant = await startParticipant(workspaceRoot, contender, role, servers, PATIENCE_MS);
    participants.push(participant);
    return participant;
  };
  try {
    const scorer = await start('scorer');
    const scoreboard = await start('scoreboard');
    const warmUp = await carry(scorer, scoreboard, benchCase, benchCase.warmUpSeconds, 0);
    const run = await carry(scorer, scoreboard, benchCase, benchCase.seconds, warmUp.written.events);
    for (const participant of participants.splice(0).reverse()) await participant.end();
    await verifyPlays(
      serverUrl,
      `${benchCase.title}: ${contender}`,
      warmUp.written.events + run.written.events,
    );
    return sampleOf(run.written, run.effects);
  } finally {
    await Promise.all(participants.map((participant) => participant.kill()));
    await nats.stop();
  }
}

/** @param before how many effects there have been already */
async function carry(
  scorer: Participant,
  scoreboard: Participant,
  { load }: EventsCase,
  seconds: number,
  before: number,
): Promise<{ readonly written: Written; readonly effects: Effects }> {
  const written = await scorer.ask({ kind: 'write', load, seconds }, seconds * 1_000 + PATIENCE_MS);
  const total = before + written.events;
  const effects = await scoreboard.ask({ kind: 'effects', total }, PATIENCE_MS);
  return { written, effects };
}
