import { CreateDateColumn, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/**
 * What every row of every service has: a UUID key and two timestamps.
 *
 * The key is a UUID v7, so rows sort by age and indexes grow at their end. It is made here, before the insert,
 * so that an event, a log line or another row can name a row that is not stored yet. Rows that bypass the
 * entity (plain objects, hand-written SQL) get theirs from AssignIdSubscriber and from the column's default;
 * that default is `gen_random_uuid()`, because `uuidv7()` exists in PostgreSQL 18 alone.
 *
 * An id that is set makes `repository.save()` look whether the row exists; `insert()` spares that query.
 */
export abstract class BaseEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;

  constructor() {
    this.id = uuidv7();
  }
}
