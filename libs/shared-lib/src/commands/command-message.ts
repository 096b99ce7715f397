/**
 * A command and its answer as they travel: JSON in the body of a NATS request and of its reply.
 *
 *     { key, request, firstSentAt, timeoutMs, undoes?: { key, wasDone, reply? } }
 *     { outcome: 'done', reply? } | { outcome: 'nothing-to-undo' } | { outcome: 'refused', code, message }
 *       | { outcome: 'error', code, message } | { outcome: 'failed', message }
 */
import 'reflect-metadata';
import {
  IsBoolean,
  IsDefined,
  IsISO8601,
  IsInt,
  IsObject,
  IsOptional,
  IsPositive,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { readAs } from '../validation/read-as';
import { CommandError, type CommandErrorCode } from './command-errors';

/** The longest key, in characters: what `processed_commands` takes. */
export const MAX_KEY_LENGTH = 200;

/** NATS's own limit is 1 MiB for message and headers (`max_payload`). */
export const MAX_COMMAND_BYTES = 512 * 1024;

export class UndoneCommand {
  /** Key of the command that is to be taken back. */
  @MinLength(1)
  @MaxLength(MAX_KEY_LENGTH)
  key!: string;

  /** Whether the sender heard that it was done; else nobody but the service can know. */
  @IsBoolean()
  wasDone!: boolean;

  /** What it answered, where the sender knows it and it has a reply. */
  @IsOptional()
  @IsObject()
  reply?: object;
}

export class CommandMessage {
  @MinLength(1)
  @MaxLength(MAX_KEY_LENGTH)
  key!: string;

  @IsDefined()
  @IsObject()
  request!: object;

  /** When the first of all attempts with this key was made. */
  @IsISO8601({ strict: true })
  firstSentAt!: string;

  /** How long the sender waits for this attempt. */
  @IsInt()
  @IsPositive()
  timeoutMs!: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => UndoneCommand)
  undoes?: UndoneCommand;
}

export type CommandAnswer =
  | { readonly outcome: 'done'; readonly reply?: object }
  | { readonly outcome: 'nothing-to-undo' }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string }
  | { readonly outcome: 'error'; readonly code: CommandErrorCode; readonly message: string }
  | { readonly outcome: 'failed'; readonly message: string };

const OUTCOMES: readonly unknown[] = ['done', 'nothing-to-undo', 'refused', 'error', 'failed'];

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** @throws CommandError COMMAND_TOO_LARGE */
export function encodeCommand(what: string, message: CommandMessage | CommandAnswer): Uint8Array {
  const bytes = encoder.encode(JSON.stringify(message));
  if (bytes.length <= MAX_COMMAND_BYTES) return bytes;
  throw new CommandError(
    'COMMAND_TOO_LARGE',
    `${what} would take ${bytes.length} bytes, and ${MAX_COMMAND_BYTES} are the limit: send where the rest can be read`,
  );
}

/** @throws CommandError COMMAND_MALFORMED */
export function decodeCommand(what: string, bytes: Uint8Array): CommandMessage {
  const read = readAs(CommandMessage, parse(what, bytes));
  if (!read.faults) return read.value;
  throw new CommandError('COMMAND_MALFORMED', `${what} is no command of ours: ${read.faults.join('; ')}`);
}

/** @throws CommandError COMMAND_MALFORMED */
export function decodeAnswer(what: string, bytes: Uint8Array): CommandAnswer {
  const answer = parse(what, bytes);
  if (
    typeof answer === 'object' &&
    answer !== null &&
    'outcome' in answer &&
    OUTCOMES.includes(answer.outcome)
  ) {
    return answer as CommandAnswer;
  }
  throw new CommandError('COMMAND_MALFORMED', `${what} is no answer of ours: it says nothing of an outcome`);
}

function parse(what: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch (error) {
    throw new CommandError('COMMAND_MALFORMED', `${what} is no JSON`, { cause: error });
  }
}
