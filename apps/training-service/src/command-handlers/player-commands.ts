import {
  ANONYMISE_PLAYER,
  AnonymisedPlayer,
  AnonymisePlayer,
  keepNewest,
  OnCommand,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { KnownUser } from '../entities/known-user';
import { holdPersonToErase } from '../known/hold-person';
import { NO_MORE_NEWS } from '../known/no-more-news';
import { userDeleted } from '../policies/user-deleted';
import { personalFacts, whatChanged } from './personal-facts';
import { pseudonymise } from './pseudonymise';

/**
 * Takes a person out of all that is kept for the clubs' statistics. First the tombstone: from then on no request refers to the
 * person any more, and no event that is still on its way brings the name back. Then what is done for everybody who is gone; then
 * every reference is made one to nobody. In one transaction, so that nothing comes between.
 */
@Injectable()
export class PlayerCommands {
  @OnCommand(ANONYMISE_PLAYER)
  async anonymise({ userId }: AnonymisePlayer, manager: EntityManager): Promise<AnonymisedPlayer> {
    await holdPersonToErase(manager, userId);
    const hasName = await manager.existsBy(KnownUser, { id: userId, deletedAt: IsNull() });
    const tombstone = { firstName: null, lastName: null, deletedAt: new Date() };
    await keepNewest(manager, KnownUser, { id: userId, sequence: NO_MORE_NEWS, ...tombstone });
    const before = await personalFacts(manager, userId);
    await userDeleted(manager, userId);
    const changed = whatChanged(before, await personalFacts(manager, userId));
    const names = { what: 'known_users', action: 'emptied', rows: hasName ? 1 : 0 } as const;
    return {
      rows: [names, ...changed, ...(await pseudonymise(manager, userId))].filter(({ rows }) => rows > 0),
    };
  }
}
