/** A small world of two services for the tests of this room: one owns squads, the other keeps what it hears of them. */
import { IsInt, IsString } from 'class-validator';
import { defineAggregate } from '../../events/aggregate-contract';
import { defineEvent } from '../../events/event-contract';
import type { Subscriptions } from '../../events/subscriptions';

export class SquadState {
  @IsString()
  name!: string;

  @IsInt()
  size!: number;
}

export class SquadGone {
  @IsString()
  reason!: string;
}

export const SQUAD = defineAggregate({ service: 'club-service', aggregate: 'squad', state: SquadState });
export const SQUAD_CHANGED = defineEvent({ ...SQUAD, verb: 'changed', data: SquadState });
export const SQUAD_DELETED = defineEvent({ ...SQUAD, verb: 'deleted', data: SquadGone });

/** Nobody listens to it. */
export const WHISTLE = defineAggregate({ service: 'club-service', aggregate: 'whistle', state: SquadGone });
export const WHISTLE_BLOWN = defineEvent({ ...WHISTLE, verb: 'blown', data: SquadGone });

export const SPECIMEN_EVENTS = [SQUAD_CHANGED, SQUAD_DELETED, WHISTLE_BLOWN];
export const SPECIMEN_SUBSCRIPTIONS: Subscriptions = { 'fan-service': [SQUAD] };
