import { ProcessedCommand } from '../../commands/processed-command.entity';
import { DeadLetter } from './dead-letter.entity';
import { InboxAggregate } from './inbox-aggregate.entity';
import { InboxEvent } from './inbox-event.entity';
import { InboxSubscription } from './inbox-subscription.entity';
import { OutboxAggregate } from './outbox-aggregate.entity';
import { OutboxEvent } from './outbox-event.entity';

/** What a service that sends and receives events and commands stores for it: each adds these to its entities. */
export const messagingEntities = [
  OutboxEvent,
  OutboxAggregate,
  InboxAggregate,
  InboxEvent,
  InboxSubscription,
  DeadLetter,
  ProcessedCommand,
];
