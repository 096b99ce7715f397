/** A process that fills the twins of a specimen, to be killed: `fill-process.ts <url>`. Prints `filling` when it begins. */
import { fillTwins } from './fill-twins';
import { CLUB, conversionDatabase } from './fill-specimen';

async function main(): Promise<void> {
  const database = await conversionDatabase(process.argv[2]!);
  process.stdout.write('filling\n');
  await fillTwins(database, CLUB, { source: 'numeric' });
  for (const session of database.sessions) await session.end();
  process.stdout.write('filled\n');
}

void main();
