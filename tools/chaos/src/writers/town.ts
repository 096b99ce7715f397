/** Everything that all writers together know to exist. */
import { Population } from './population';

export interface Team {
  readonly id: string;
}

export interface Person {
  readonly id: string;
}

export interface Membership {
  readonly id: string;
  readonly userId: string;
  readonly teamId: string;
  readonly isOpen: boolean;
}

export interface Session {
  readonly id: string;
  readonly teamId: string;
  readonly status: 'draft' | 'scheduled' | 'active';
}

export interface Assignment {
  readonly id: string;
  readonly status: 'assigned' | 'missed';
}

export class Town {
  readonly teams = new Population<Team>();
  readonly people = new Population<Person>();
  readonly memberships = new Population<Membership>();
  readonly sessions = new Population<Session>();
  readonly assignments = new Population<Assignment>();
  private names = 0;

  constructor(
    readonly organizationId: string,
    readonly playerRoleId: string,
    /** A team that takes nobody any more. */
    readonly overTeamId: string,
  ) {}

  /** A name that nothing else has. */
  uniqueName(kind: string): string {
    return `${kind}-${++this.names}`;
  }
}
