import type { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

/** A method of a provider or a controller that carries a decorator. */
export interface DiscoveredMethod<Metadata> {
  readonly metadata: Metadata;
  /** `TeamHandlers.onCreated`, for messages. */
  readonly name: string;
  /** Bound to its instance. */
  readonly call: (...parameters: never[]) => Promise<unknown>;
}

/** What Nest has for looking through an application. */
export interface DiscoveryTools {
  readonly discovery: DiscoveryService;
  readonly scanner: MetadataScanner;
  readonly reflector: Reflector;
}

/** Every method of the application that carries the decorator which sets `key`. */
export function discoverMethods<Metadata>(
  { discovery, scanner, reflector }: DiscoveryTools,
  key: string,
): DiscoveredMethod<Metadata>[] {
  return discovery.getProviders().flatMap(({ instance }: { instance?: unknown }) => {
    if (typeof instance !== 'object' || instance === null) return [];
    const prototype = Object.getPrototypeOf(instance) as object | null;
    if (!prototype) return [];
    return scanner.getAllMethodNames(prototype).flatMap((method) => {
      const call = (instance as Record<string, unknown>)[method];
      if (typeof call !== 'function') return [];
      const metadata = reflector.get<Metadata | undefined>(key, call);
      if (metadata === undefined) return [];
      const name = `${prototype.constructor.name}.${method}`;
      return [{ metadata, name, call: call.bind(instance) as DiscoveredMethod<Metadata>['call'] }];
    });
  });
}
