/** `nx run shared-lib:chaos`: options in, a report out. */
import { main } from '../../main';
import type { RawOptions } from '../../options';

export default async function chaos(
  options: RawOptions & { readonly json: boolean },
): Promise<{ success: boolean }> {
  return { success: (await main(options)) === 0 };
}
