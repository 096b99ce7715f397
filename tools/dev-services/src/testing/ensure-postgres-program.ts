/** What a command does, as a process of its own: `node ... ensure-postgres-program.ts DATA_ROOT [MAJOR]` prints the server. */
import { ensurePostgres } from '../postgres/ensure-postgres';
import { postgresMajors } from '../postgres/model';

async function main(): Promise<void> {
  const [dataRoot, asked] = process.argv.slice(2);
  const major = postgresMajors.find((known) => String(known) === asked);
  console.log(JSON.stringify(await ensurePostgres({ dataRoot, major })));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
