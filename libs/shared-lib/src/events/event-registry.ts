/** Every event that may travel: what a service looks up when it receives one. */
import { readAs, type DataClass } from '../validation/read-as';
import type { EventContract } from './event-contract';
import { EventError } from './event-error';

const SUBJECT = /^(?<name>[^.]+\.[^.]+\.[^.]+)\.v[1-9]\d*$/;

export class EventRegistry {
  private readonly bySubject = new Map<string, EventContract>();
  private readonly successors = new Map<EventContract, EventContract>();
  private readonly names = new Set<string>();

  /** @param newest of every event the newest version; the ones before it come along */
  constructor(newest: readonly EventContract[]) {
    for (const contract of newest) this.add(contract);
  }

  get contracts(): readonly EventContract[] {
    return [...this.bySubject.values()];
  }

  /** @throws EventError EVENT_UNKNOWN, EVENT_VERSION_UNKNOWN */
  contractOf(subject: string): EventContract {
    const contract = this.bySubject.get(subject);
    if (contract) return contract;
    const name = SUBJECT.exec(subject)?.groups?.['name'];
    if (name !== undefined && this.names.has(name)) {
      const known = this.contracts
        .filter((other) => nameOf(other) === name)
        .map(({ version }) => `v${version}`);
      throw new EventError(
        'EVENT_VERSION_UNKNOWN',
        `${subject} is a version that this service does not know (it knows ${known.sort().join(', ')}). Update this service first, ` +
          'then replay the event from the dead letters.',
      );
    }
    throw new EventError(
      'EVENT_UNKNOWN',
      `nobody declared an event ${subject}; events are declared in the shared library, in events/contracts.`,
    );
  }

  /**
   * The data of an event as its newest version has them, checked before and after every step.
   * @throws EventError EVENT_UNKNOWN, EVENT_VERSION_UNKNOWN, EVENT_DATA_INVALID
   */
  read(subject: string, data: unknown): { readonly contract: EventContract; readonly data: object } {
    let contract = this.contractOf(subject);
    let read = checked(contract, data);
    for (let next = this.successors.get(contract); next; next = this.successors.get(contract)) {
      read = checked(next, next.upcast!.convert(read));
      contract = next;
    }
    return { contract, data: read };
  }

  private add(contract: EventContract): void {
    const known = this.bySubject.get(contract.subject);
    if (known === contract) return;
    if (known) throw new RangeError(`${contract.subject} is declared twice`);
    this.bySubject.set(contract.subject, contract);
    this.names.add(nameOf(contract));
    if (!contract.upcast) return;
    const { from } = contract.upcast;
    if (this.successors.has(from)) throw new RangeError(`${from.subject} has two next versions`);
    this.successors.set(from, contract);
    this.add(from);
  }
}

/**
 * What a contract's class makes of `data`: an instance with the declared properties alone.
 * @throws EventError EVENT_DATA_INVALID with every fault, and without the values: they may be private
 */
export function checked<Data extends object>(
  { subject, dataClass }: { readonly subject: string; readonly dataClass: DataClass<Data> },
  data: unknown,
): Data {
  const read = readAs(dataClass, data);
  if (!read.faults) return read.value;
  throw new EventError('EVENT_DATA_INVALID', `${subject}: ${read.faults.join('; ')}`);
}

function nameOf({ service, aggregate, verb }: EventContract): string {
  return `${service}.${aggregate}.${verb}`;
}
