import { Logger } from '@nestjs/common';
import { nanos, RetentionPolicy, StorageType, type JetStreamManager, type StreamConfig } from 'nats';
import { MAX_EVENT_BYTES } from '../../events/event-envelope';
import { streamOf } from '../../events/streams';
import { isStreamNotFound } from '../../nats/jetstream-errors';
import type { NatsConnector } from '../../nats/nats-connector';

/** Sees to it that a service's stream is there, as `streams.ts` says, and tells when it had to be made anew. */
export class StreamKeeper {
  private readonly logger = new Logger(StreamKeeper.name);
  private ensuring?: Promise<boolean>;

  constructor(
    private readonly nats: NatsConnector,
    private readonly service: string,
  ) {}

  /** @returns whether the stream was not there: new, or lost with all that was in it */
  ensure(): Promise<boolean> {
    this.ensuring ??= this.ensureNow().finally(() => (this.ensuring = undefined));
    return this.ensuring;
  }

  private async ensureNow(): Promise<boolean> {
    const connection = await this.nats.connected();
    const manager = await connection.jetstreamManager();
    const wanted = wantedStream(this.service);
    const current = await currentStream(manager, wanted.name!);
    if (current === undefined) {
      await manager.streams.add(wanted);
      this.logger.log(`made the stream ${wanted.name}`);
      return true;
    }
    if (!isAs(current, wanted)) await manager.streams.update(wanted.name!, wanted);
    return false;
  }

  /** What the server lets through at most; an event may be as large as MAX_EVENT_BYTES. */
  async checkPayloadLimit(): Promise<void> {
    const { info } = await this.nats.connected();
    if (info && info.max_payload < MAX_EVENT_BYTES + 4096) {
      this.logger.error(
        `NATS takes messages of ${info.max_payload} bytes, and an event may have ${MAX_EVENT_BYTES}: raise max_payload of ` +
          'the server to 1MB. Larger events wait in the outbox until then.',
      );
    }
  }
}

function wantedStream(service: string): Partial<StreamConfig> {
  const { name, subjects, duplicateWindowMs, maxAgeMs } = streamOf(service);
  return {
    name,
    subjects: [...subjects],
    duplicate_window: nanos(duplicateWindowMs),
    max_age: nanos(maxAgeMs),
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
  };
}

async function currentStream(manager: JetStreamManager, name: string): Promise<StreamConfig | undefined> {
  try {
    return (await manager.streams.info(name)).config;
  } catch (error) {
    if (isStreamNotFound(error)) return undefined;
    throw error;
  }
}

function isAs(current: StreamConfig, wanted: Partial<StreamConfig>): boolean {
  return (
    current.max_age === wanted.max_age &&
    current.duplicate_window === wanted.duplicate_window &&
    JSON.stringify(current.subjects) === JSON.stringify(wanted.subjects)
  );
}
