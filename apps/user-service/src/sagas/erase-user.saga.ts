import {
  ANONYMISE_PLAYER,
  CLOSE_ACCOUNT,
  defineSaga,
  ERASE_USER_ROWS,
  REOPEN_ACCOUNT,
} from '@hockey-hub/shared-lib';
import { IsUUID } from 'class-validator';

export class EraseUserInput {
  @IsUUID()
  userId!: string;
}

/**
 * Erases a person everywhere.
 *
 *   close the account ─> anonymise in training (pivot) ─> remove the user, write the receipt
 *
 * The account is closed first, so that nothing new comes up meanwhile; until training begins it can all be called off. The user
 * comes last: while others still have something of a person, there must be a row to go on from.
 */
export const ERASE_USER = defineSaga({
  name: 'erase-user',
  input: EraseUserInput,
  steps: (step) => [
    step({
      name: 'close-account',
      command: CLOSE_ACCOUNT,
      request: ({ input: { userId } }) => ({ userId }),
      compensation: { command: REOPEN_ACCOUNT, request: ({ input: { userId } }) => ({ userId }) },
    }),
    step({
      name: 'anonymise-in-training',
      command: ANONYMISE_PLAYER,
      pivot: true,
      request: ({ input: { userId } }) => ({ userId }),
    }),
    step({
      name: 'remove-user',
      command: ERASE_USER_ROWS,
      request: ({ input: { userId }, sagaId, replyOf }) => {
        const { rows } = replyOf('anonymise-in-training', ANONYMISE_PLAYER);
        return { userId, erasureId: sagaId, before: [{ service: 'training-service', rows }] };
      },
    }),
  ],
});
