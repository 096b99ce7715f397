import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
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
  ) {}

  /**
   * What `service` decides on.
   * @throws RangeError when a command has two handlers, or is another service's
   */
  of(service: string): RegisteredCommand[] {
    const found = new Map<string, RegisteredCommand>();
    for (const { instance } of this.discovery.getProviders()) {
      for (const command of this.inProvider(instance as object | undefined)) {
        const { name, service: owner } = command.contract;
        if (owner !== service) {
          throw new RangeError(`${service} has a handler of the command ${name}, which ${owner} decides on`);
        }
        if (found.has(name)) throw new RangeError(`the command ${name} has two handlers in ${service}`);
        found.set(name, command);
      }
    }
    return [...found.values()];
  }

  private inProvider(instance: object | undefined): RegisteredCommand[] {
    if (!instance) return [];
    const methods = instance as Record<string, unknown>;
    return this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((name) => {
      const method = methods[name];
      if (typeof method !== 'function') return [];
      const contract = Reflect.getMetadata(ON_COMMAND, method) as CommandContract | undefined;
      return contract ? [{ contract, handle: method.bind(instance) as RegisteredCommand['handle'] }] : [];
    });
  }
}
