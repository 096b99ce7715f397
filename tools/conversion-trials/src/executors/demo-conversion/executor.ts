/** `nx run migrator:demo-conversion`: options in, a report out. */
import { main, type DemonstrationCommand } from '../../demonstration/main';

export default async function demoConversion(options: DemonstrationCommand): Promise<{ success: boolean }> {
  return { success: (await main(options)) === 0 };
}
