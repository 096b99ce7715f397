import { IsInt, IsPositive, IsString, IsUUID } from 'class-validator';
import { defineCommand } from '../command-contract';

export class Pucks {
  @IsString()
  locker!: string;

  @IsInt()
  @IsPositive()
  count!: number;
}

export class MovedPucks {
  @IsUUID()
  lockerId!: string;

  @IsInt()
  left!: number;
}

export const TAKE_PUCKS = defineCommand({
  ...{ service: 'locker-a', name: 'take-pucks' },
  ...{ request: Pucks, reply: MovedPucks },
});

export const RETURN_PUCKS = defineCommand({
  ...{ service: 'locker-a', name: 'return-pucks', request: Pucks },
  undoes: TAKE_PUCKS,
});
