/** A case's contenders, ready to run. */
import type { BenchCase } from '../cases';
import type { RecordedService } from '../record-services';
import { cli, cliInSequence } from './cli';
import type { Contender, ContenderContext, ContenderName } from './contender';
import { floor, floorWithNothingPending } from './floor';
import { nxNoop, nxRunMany } from './nx';
import { typeormCli } from './typeorm';

export function contendersOf(
  { contenders, pending }: BenchCase,
  context: ContenderContext,
  recorded: readonly RecordedService[],
): Contender[] {
  const make: Record<ContenderName, () => Contender> = {
    nx: () => nxRunMany(context),
    cli: () => cli(context),
    'cli-in-sequence': () => cliInSequence(context),
    typeorm: () => typeormCli(context),
    floor: () => (pending ? floor : floorWithNothingPending)(context, recorded),
    'nx-noop': () => nxNoop(context),
  };
  return contenders.map((name) => make[name]());
}
