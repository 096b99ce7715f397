/** Sessions in the databases of owners, opened when they are first asked. */
import type { Client } from 'pg';
import type { MigratorConfig } from '../../config';
import type { AskOwner } from '../../conversion/verify/verification';
import { MigratorError } from '../../errors';
import { connectIfExists } from '../../pg/create-database';
import { queryOf } from '../../pg/query';

export interface Owners {
  readonly ask: AskOwner;
  end(): Promise<void>;
}

export function ownersOf(config: MigratorConfig): Owners {
  const sessions = new Map<string, Promise<Client | undefined>>();
  const sessionOf = (owner: string) => {
    const session = sessions.get(owner) ?? reach(config, owner);
    sessions.set(owner, session);
    return session;
  };
  return {
    ask: async ({ owner }, work) => {
      const client = await sessionOf(owner);
      return client && work(queryOf(client));
    },
    end: async () => {
      for (const session of sessions.values()) await (await session)?.end();
    },
  };
}

async function reach(config: MigratorConfig, owner: string): Promise<Client | undefined> {
  try {
    return await connectIfExists(await config.databaseUrl(owner), owner);
  } catch (error) {
    if (error instanceof MigratorError && error.code === 'CANNOT_CONNECT') return undefined;
    throw error;
  }
}
