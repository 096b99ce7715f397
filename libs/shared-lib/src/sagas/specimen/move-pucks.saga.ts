import { IsInt, IsPositive, IsString } from 'class-validator';
import { defineCommand } from '../../commands/command-contract';
import { MovedPucks, Pucks, RETURN_PUCKS, TAKE_PUCKS } from '../../commands/specimen/puck-commands';
import { defineSaga } from '../saga-definition';

export const PUT_PUCKS = defineCommand({
  ...{ service: 'locker-b', name: 'put-pucks', request: Pucks, reply: MovedPucks },
});
export const REMOVE_PUCKS = defineCommand({
  ...{ service: 'locker-b', name: 'remove-pucks', request: Pucks, undoes: PUT_PUCKS },
});

export class MovePucks {
  @IsString()
  from!: string;

  @IsString()
  to!: string;

  @IsInt()
  @IsPositive()
  count!: number;
}

/** Moves pucks from a locker of locker-a to one of locker-b; none may appear or vanish. */
export const MOVE_PUCKS = defineSaga({
  name: 'move-pucks',
  input: MovePucks,
  retry: { firstPauseMs: 50, longestPauseMs: 500, timeoutMs: 2_000 },
  steps: (step) => [
    step({
      name: 'take',
      command: TAKE_PUCKS,
      request: ({ input }) => ({ locker: input.from, count: input.count }),
      compensation: {
        command: RETURN_PUCKS,
        request: ({ input }) => ({ locker: input.from, count: input.count }),
      },
    }),
    step({
      name: 'put',
      command: PUT_PUCKS,
      request: ({ input }) => ({ locker: input.to, count: input.count }),
      compensation: {
        command: REMOVE_PUCKS,
        request: ({ input }) => ({ locker: input.to, count: input.count }),
      },
    }),
  ],
  result: ({ replyOf }) => ({
    left: replyOf('take', TAKE_PUCKS).left,
    there: replyOf('put', PUT_PUCKS).left,
  }),
});
