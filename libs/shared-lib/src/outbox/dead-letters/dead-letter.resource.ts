import { ApiProperty } from '@nestjs/swagger';
import { DeadLetter, DeadLetterState } from '../tables/dead-letter.entity';

/** A dead letter as operators see it: without what the message carries, which may be private. */
export class DeadLetterResource {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, description: 'Where it was delivered' })
  subject: string;

  @ApiProperty({ type: String, nullable: true })
  aggregateId: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  sequence: number | null;

  @ApiProperty({ type: String, description: 'What is wrong: EVENT_MALFORMED, HANDLER_FAILED, ...' })
  code: string;

  @ApiProperty({ type: String })
  error: string;

  @ApiProperty({ type: 'integer' })
  attempts: number;

  @ApiProperty({ enum: DeadLetterState })
  state: DeadLetterState;

  @ApiProperty({ type: String, format: 'date-time' })
  diedAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  settledAt: Date | null;

  constructor(letter: Omit<DeadLetter, 'message'>) {
    this.id = letter.id;
    this.subject = letter.subject;
    this.aggregateId = letter.aggregateId;
    this.sequence = letter.sequence === null ? null : Number(letter.sequence);
    this.code = letter.code;
    this.error = letter.error;
    this.attempts = letter.attempts;
    this.state = letter.state;
    this.diedAt = letter.diedAt;
    this.settledAt = letter.settledAt;
  }
}
