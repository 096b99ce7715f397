import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { storableText } from '../../database/storable-text';

/** What is known of a message that cannot be processed. */
export interface NewDeadLetter {
  readonly subject: string;
  readonly source?: string;
  readonly aggregate?: string;
  readonly aggregateId?: string;
  readonly sequence?: number;
  /** The message as it was received. */
  readonly message: Uint8Array;
  readonly code: string;
  readonly error: string;
  readonly attempts: number;
}

/** Keeps it until somebody decides. The same message twice is one letter. */
export async function writeDeadLetter(manager: EntityManager, letter: NewDeadLetter): Promise<void> {
  const { subject, source, aggregate, aggregateId, sequence, message, code, error, attempts } = letter;
  await manager.query(
    `INSERT INTO "dead_letters"
       ("fingerprint", "subject", "source", "aggregate", "aggregate_id", "sequence", "message", "code", "error", "attempts")
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT ("fingerprint") WHERE state = 'open' DO NOTHING`,
    [
      createHash('sha256').update(subject).update('\n').update(message).digest('hex'),
      ...[
        storableText(subject, 300),
        source ?? null,
        aggregate ?? null,
        aggregateId ?? null,
        sequence ?? null,
      ],
      ...[Buffer.from(message), code, storableText(error, 2_000), attempts],
    ],
  );
}
