import { Writer } from './writer';
import type { Reply } from './requests';
import type { Membership } from './town';

const SERVICE = 'user-service';
const SEASON = '2026-2027';
const PASSWORD = 'a password for chaos';
/** Enough for every other writer to find somebody; then more are changed than made. */
const ENOUGH_TEAMS = 10;
const ENOUGH_PEOPLE = 60;

/** Makes, changes and deletes teams, users and team memberships. */
export class ClubWriter extends Writer {
  protected step(): Promise<Reply | undefined> {
    const { random, town } = this.tools;
    const action = random.pickWeighted({
      createTeam: town.teams.size < ENOUGH_TEAMS ? 3 : 0.5,
      changeTeam: 3,
      deleteTeam: 0.6,
      createPerson: town.people.size < ENOUGH_PEOPLE ? 4 : 0.5,
      changePerson: 4,
      deletePerson: 0.8,
      openMembership: 3,
      changeMembership: 2,
      closeMembership: 0.8,
      deleteMembership: 0.4,
    });
    return this[action]();
  }

  private async createTeam(): Promise<Reply> {
    const { town, random } = this.tools;
    const name = town.uniqueName('team');
    const body = {
      organizationId: town.organizationId,
      name,
      season: SEASON,
      teamType: random.pick(['junior', 'senior']),
    };
    const reply = await this.send({
      ...{ service: SERVICE, action: 'create', subject: 'team', mark: ['name', name] },
      ...{ method: 'POST', path: '/teams', body },
    });
    if (reply.outcome === 'done') town.teams.add({ id: reply.body!['id'] as string });
    return reply;
  }

  private async changeTeam(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const team = town.teams.take(random);
    if (!team) return undefined;
    const body = random.happens(0.2)
      ? { ageGroup: random.pick(['U14', 'U16', null]) }
      : { name: town.uniqueName('team') };
    const reply = await this.send({
      ...{ service: SERVICE, action: 'change', subject: 'team', id: team.id },
      ...{ method: 'PATCH', path: `/teams/${team.id}`, body },
    });
    if (reply.outcome !== 'unknown') town.teams.add(team);
    return reply;
  }

  /** Refused while somebody is or was in it, or it has sessions. */
  private async deleteTeam(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const team = town.teams.take(random);
    if (!team) return undefined;
    const reply = await this.send({
      ...{ service: SERVICE, action: 'delete', subject: 'team', id: team.id },
      ...{ method: 'DELETE', path: `/teams/${team.id}` },
    });
    if (reply.outcome === 'refused' || reply.outcome === 'not-sent') town.teams.add(team);
    return reply;
  }

  private async createPerson(): Promise<Reply> {
    const { town } = this.tools;
    const name = town.uniqueName('user');
    const email = `${name}@example.com`;
    const body = { email, password: PASSWORD, firstName: 'Mia', lastName: name, isActive: true };
    const reply = await this.send({
      ...{ service: SERVICE, action: 'create', subject: 'user', mark: ['email', email] },
      ...{ method: 'POST', path: '/users', body },
    });
    if (reply.outcome === 'done') town.people.add({ id: reply.body!['id'] as string });
    return reply;
  }

  private async changePerson(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const person = town.people.take(random);
    if (!person) return undefined;
    const body = random.happens(0.5)
      ? { firstName: random.pick(['Lia', 'Noa', 'Jan', 'Ida']), lastName: town.uniqueName('name') }
      : { phone: `+4179${random.integer(1_000_000, 9_999_999)}` };
    const reply = await this.send({
      ...{ service: SERVICE, action: 'change', subject: 'user', id: person.id },
      ...{ method: 'PATCH', path: `/users/${person.id}`, body },
    });
    if (reply.outcome !== 'unknown') town.people.add(person);
    return reply;
  }

  /** With all memberships; others may refer to the person at this very moment. */
  private async deletePerson(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const person = town.people.take(random);
    if (!person) return undefined;
    const reply = await this.send({
      ...{ service: SERVICE, action: 'delete', subject: 'user', id: person.id },
      ...{ method: 'DELETE', path: `/users/${person.id}` },
    });
    if (reply.outcome === 'refused' || reply.outcome === 'not-sent') town.people.add(person);
    return reply;
  }

  private async openMembership(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const team = town.teams.peek(random);
    // Taken: whom a request is about that nobody answered is left alone, and is in this team or is not.
    const person = town.people.take(random);
    if (!team || !person) {
      if (person) town.people.add(person);
      return undefined;
    }
    const mark = new Date(Date.UTC(2026, 0, 1) + random.integer(0, 2 ** 31 - 1)).toISOString();
    const body = { teamId: team.id, userId: person.id, roleId: town.playerRoleId, joinedAt: mark };
    const reply = await this.send({
      ...{ service: SERVICE, action: 'create', subject: 'team-membership', mark: ['joinedAt', mark] },
      implies: { leftAt: null },
      ...{ method: 'POST', path: '/team-memberships', body },
    });
    if (reply.outcome === 'unknown') return reply;
    town.people.add(person);
    if (reply.outcome === 'done')
      town.memberships.add({
        id: reply.body!['id'] as string,
        userId: person.id,
        teamId: team.id,
        isOpen: true,
      });
    return reply;
  }

  private changeMembership(): Promise<Reply | undefined> {
    return this.patchMembership({ jerseyNumber: this.tools.random.integer(1, 99) }, {});
  }

  private closeMembership(): Promise<Reply | undefined> {
    return this.patchMembership({ leftAt: new Date().toISOString() }, { isOpen: false });
  }

  private async patchMembership(
    body: Record<string, unknown>,
    change: Partial<Membership>,
  ): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const membership = town.memberships.take(random);
    if (!membership) return undefined;
    const reply = await this.send({
      ...{ service: SERVICE, action: 'change', subject: 'team-membership', id: membership.id },
      ...{ method: 'PATCH', path: `/team-memberships/${membership.id}`, body },
    });
    // A 404 is no surprise: its user may have been deleted.
    if (reply.outcome === 'unknown' || reply.status === 404) return reply;
    town.memberships.add(reply.outcome === 'done' ? { ...membership, ...change } : membership);
    return reply;
  }

  private async deleteMembership(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const membership = town.memberships.take(random);
    if (!membership) return undefined;
    const reply = await this.send({
      ...{ service: SERVICE, action: 'delete', subject: 'team-membership', id: membership.id },
      ...{ method: 'DELETE', path: `/team-memberships/${membership.id}` },
    });
    if (reply.outcome === 'not-sent') town.memberships.add(membership);
    return reply;
  }
}
