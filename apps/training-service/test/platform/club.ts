/** A club on both services, over HTTP alone. */
import { v7 as uuidv7 } from 'uuid';
import { OPERATOR_TOKEN } from './use-platform';

type Json = Record<string, unknown> & { readonly id: string };

const PATIENCE_MS = 90_000;

export class Club {
  constructor(
    readonly users: string,
    readonly training: string,
  ) {}

  async post(url: string, body: object): Promise<Json> {
    const answer = await this.send('POST', url, body);
    if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Json;
  }

  /** As `post`, again and again while the service has not heard yet of what the request refers to. */
  async postWhenKnown(url: string, body: object): Promise<Json> {
    return until(`POST ${url} to be accepted`, async () => {
      const answer = await this.send('POST', url, body);
      if (answer.ok) return (await answer.json()) as Json;
      if (answer.headers.get('retry-after')) return undefined;
      throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`);
    });
  }

  send(method: string, url: string, body?: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${OPERATOR_TOKEN}` };
    return fetch(url, { method, headers, body: body && JSON.stringify(body) });
  }

  async get(url: string): Promise<Json> {
    return (await (await this.send('GET', url)).json()) as Json;
  }

  organization(): Promise<Json> {
    return this.post(`${this.users}/organizations`, { name: 'EHC Oberland', subdomain: `x-${uuidv7()}` });
  }

  async team(fields: object = {}): Promise<Json> {
    const organizationId = (await this.organization()).id;
    const team = { organizationId, name: 'Lions', teamType: 'youth', season: '2026-2027' };
    return this.post(`${this.users}/teams`, { ...team, ...fields });
  }

  user(): Promise<Json> {
    const name = { firstName: 'Mia', lastName: 'Keller' };
    return this.post(`${this.users}/users`, {
      ...{ email: `x-${uuidv7()}@example.com`, password: 'correct horse battery', ...name },
    });
  }

  async join(teamId: string, userId: string, role = 'player'): Promise<Json> {
    const roles = (await this.get(`${this.users}/roles`)) as unknown as Json[];
    const roleId = roles.find(({ name }) => name === role)!.id;
    return this.post(`${this.users}/team-memberships`, {
      ...{ teamId, userId, roleId, jerseyNumber: 7, position: 'forward', joinedAt: '2026-01-01T00:00:00Z' },
    });
  }

  /** A session that is scheduled, a year from now and some days. */
  async session(teamId: string, createdBy: string, days: number): Promise<Json> {
    const scheduledAt = new Date(Date.now() + (365 + days) * 86_400_000).toISOString();
    const session = await this.postWhenKnown(`${this.training}/workout-sessions`, {
      ...{ teamId, createdBy, title: 'Leg day', type: 'strength', scheduledAt },
    });
    await this.send('PUT', `${this.training}/workout-sessions/${session.id}/status`, { status: 'scheduled' });
    return session;
  }

  assign(workoutSessionId: string, playerId: string): Promise<Json> {
    return this.postWhenKnown(`${this.training}/workout-assignments`, { workoutSessionId, playerId });
  }

  /** A resource as soon as its state is one of these. */
  reached(url: string, ...states: string[]): Promise<Json> {
    return until(`${url} to be ${states.join(' or ')}`, async () => {
      const body = await this.get(url);
      return states.includes(String(body['state'])) ? body : undefined;
    });
  }
}

export async function until<Result>(what: string, look: () => Promise<Result | undefined>): Promise<Result> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${PATIENCE_MS} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
