import { Logger } from '@nestjs/common';
import { nanos, RetentionPolicy, StorageType, type JetStreamManager, type StreamConfig } from 'nats';
import { MAX_EVENT_BYTES } from '../../events/event-envelope';
import { streamOf } from '../../events/streams';
import { isStreamNotFound } from '../../nats/jetstream-errors';
import type { NatsConnector } from '../../nats/nats-connector';

/** Sees to it that a service's stream is there, as `streams.ts` says, and tells when it had to be made anew. */
export class StreamKeeper {
  private readonly logger = new Logger(StreamKeeper.name);

  constructor(
    private readonly nats: NatsConnector,
    private readonly service: string,
  ) {}

  /** Whether it is not there: not made yet, or lost with all that was in it. */
  async isMissing(): Promise<boolean> {
    const manager = await (await this.nats.connected()).jetstreamManager();
    return (await currentStream(manager, this.service)) === undefined;
  }

  async ensure(): Promise<void> {
    const manager = await (await this.nats.connected()).jetstreamManager();
    const wanted = wantedStream(this.service);
    const current = await currentStream(manager, this.service);
    if (current === undefined) {
      await manager.streams.add(wanted);
      this.logger.log(`made the stream ${wanted.name}`);
    } else if (!isAs(current, wanted)) {
      await manager.streams.update(current.name, wanted);
    }
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

async function currentStream(manager: JetStreamManager, service: string): Promise<StreamConfig | undefined> {
  try {
    return (await manager.streams.info(streamOf(service).name)).config;
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
