import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { discoverMethods } from '../discovery/discover-methods';
import type { CommandContract } from './command-contract';
import { ON_COMMAND, type CommandHandler } from './on-command';

export interface RegisteredCommand {
  readonly contract: CommandContract;
  readonly handle: CommandHandler<object, object | void, object | void>;
}

/** Finds the methods that carry `@OnCommand`, in all providers of the application. */
@Injectable()
export class CommandHandlers {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /**
   * What `service` decides on.
   * @throws RangeError when a command has two handlers, or is another service's
   */
  of(service: string): RegisteredCommand[] {
    const { discovery, scanner, reflector } = this;
    const methods = discoverMethods<CommandContract>({ discovery, scanner, reflector }, ON_COMMAND);
    const found = new Map<string, RegisteredCommand>();
    for (const { metadata: contract, call } of methods) {
      const { name, service: owner } = contract;
      if (owner !== service) {
        throw new RangeError(`${service} has a handler of the command ${name}, which ${owner} decides on`);
      }
      if (found.has(name)) throw new RangeError(`the command ${name} has two handlers in ${service}`);
      found.set(name, { contract, handle: call as RegisteredCommand['handle'] });
    }
    return [...found.values()];
  }
}
