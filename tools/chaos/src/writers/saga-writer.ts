import type { World } from '../world/world';
import type { Reply } from './requests';
import type { Membership, Person } from './town';
import { pause, Writer, type WriterTools } from './writer';

const SERVICE = 'user-service';
/** How long a writer follows a saga; one that takes longer is left to the checks, with everything it is about. */
const PATIENCE_MS = 45_000;
const ASK_EVERY_MS = 400;

interface Saga {
  readonly state: string;
  readonly result?: { readonly openedMembershipId?: string } | null;
}

/**
 * Moves players to other teams and erases people, in part to be refused or called off, so that it has to be taken back. Whom a
 * saga is about is left alone until it is over.
 */
export class SagaWriter extends Writer {
  constructor(
    tools: WriterTools,
    private readonly world: World,
    private readonly signal: AbortSignal,
  ) {
    super(tools);
  }

  protected step(): Promise<Reply | undefined> {
    return this.tools.random.happens(0.7) ? this.transfer() : this.erase();
  }

  private async transfer(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const membership = town.memberships.take(random, ({ isOpen }) => isOpen);
    if (!membership) return undefined;
    const player = town.people.takeById(membership.userId);
    const to = random.happens(0.25) ? town.overTeamId : town.teams.peek(random)?.id;
    if (!player || to === undefined || to === membership.teamId) {
      this.release(player, membership);
      return undefined;
    }
    const body = { playerId: player.id, fromTeamId: membership.teamId, toTeamId: to };
    const reply = await this.send({
      ...{ service: SERVICE, action: 'create', subject: 'saga', concerns: membership.id },
      ...{ method: 'POST', path: '/player-transfers', body },
    });
    if (reply.outcome !== 'done') {
      if (reply.outcome !== 'unknown') this.release(player, membership);
      return reply;
    }
    const saga = await this.follow('player-transfers', reply.body!['id'] as string);
    if (saga?.state === 'compensated') this.release(player, membership);
    const opened = saga?.result?.openedMembershipId;
    if (saga?.state === 'finished' && opened !== undefined)
      this.release(player, { id: opened, userId: player.id, teamId: to, isOpen: true });
    return reply;
  }

  private async erase(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const person = town.people.take(random);
    if (!person) return undefined;
    const reply = await this.send({
      ...{ service: SERVICE, action: 'create', subject: 'saga', concerns: person.id },
      ...{ method: 'POST', path: '/user-erasures', body: { userId: person.id } },
    });
    if (reply.outcome === 'refused' || reply.outcome === 'not-sent') this.release(person);
    if (reply.outcome !== 'done') return reply;
    const saga = await this.follow('user-erasures', reply.body!['id'] as string);
    if (saga?.state === 'called-off') this.release(person);
    return reply;
  }

  private release(person?: Person, membership?: Membership): void {
    const { town } = this.tools;
    if (person) town.people.add(person);
    if (membership) town.memberships.add(membership);
  }

  /** @returns undefined when it is not over after a while, or nobody says so */
  private async follow(path: string, id: string): Promise<Saga | undefined> {
    const { random } = this.tools;
    if (random.happens(0.2)) await this.callOff(id);
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline && !this.signal.aborted) {
      const saga = await this.ask<Saga>('GET', `/${path}/${id}`);
      if (saga && ['finished', 'compensated', 'completed', 'called-off'].includes(saga.state)) return saga;
      await pause(ASK_EVERY_MS, this.signal);
    }
    return undefined;
  }

  /** As an operator would; too late for what cannot be taken back any more. */
  private async callOff(id: string): Promise<void> {
    await pause(this.tools.random.integer(0, 100), this.signal);
    await this.ask('POST', `/operations/sagas/${id}/cancel`);
  }

  /** What changes nothing that the ledger has to know. @returns undefined when nobody answers, or with a refusal */
  private async ask<Body>(method: string, path: string): Promise<Body | undefined> {
    const url = this.world.listening(SERVICE)[0]?.url;
    if (url === undefined) return undefined;
    const asked = fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.world.operatorToken}` },
      signal: AbortSignal.any([AbortSignal.timeout(5_000), this.signal]),
    }).then(async (response) => (response.ok ? ((await response.json()) as Body) : undefined));
    const [answer] = await Promise.allSettled([asked]);
    return answer.status === 'fulfilled' ? answer.value : undefined;
  }
}
