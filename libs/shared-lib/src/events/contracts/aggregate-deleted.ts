import { IsISO8601 } from 'class-validator';

/** That something is gone for good. Its id is the event's `aggregateId`, and is never given again. */
export class AggregateDeleted {
  /** ISO 8601 in UTC. */
  @IsISO8601({ strict: true })
  deletedAt!: string;
}
