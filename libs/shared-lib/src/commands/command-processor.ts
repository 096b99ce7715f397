/**
 * Decides on a command once, however often it is delivered: one transaction holds the effect and the record of the answer.
 *
 *   lock the key ── known? ── yes ─> the same answer again
 *                     │ no
 *                     ├─ it takes another back that never came ─> that one is withdrawn: it will be refused should it come
 *                     └─ savepoint ─ handler ─┬─ reply    ─> recorded as done      ┐
 *                                             ├─ refusal  ─> to the savepoint, recorded as refused  ├─ commit
 *                                             └─ anything else ─> rolled back, nothing recorded: it may be tried again
 */
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { readAs } from '../validation/read-as';
import { COMMAND_MEMORY_MS } from './command-retention';
import { CommandError, CommandPostponed, CommandRefusal } from './command-errors';
import type { RegisteredCommand } from './command-handlers';
import { encodeCommand, type CommandAnswer, type CommandMessage } from './command-message';
import { CommandOutcome, ProcessedCommand } from './processed-command.entity';
import { requestHash } from './request-hash';

/** A sender's clock may be behind ours, and an attempt may be under way while its record is forgotten. */
const EXPIRY_MARGIN_MS = 24 * 60 * 60_000;

/** Two locks of 32 bits would be enough for nobody; one of 64 is. The word keeps other users of these locks apart. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('command ' || $1, 0))`;

@Injectable()
export class CommandProcessor {
  private readonly logger = new Logger(CommandProcessor.name);

  constructor(private readonly dataSource: DataSource) {}

  /** Never rejects: what goes wrong is an answer too. */
  async process(command: RegisteredCommand, message: CommandMessage): Promise<CommandAnswer> {
    const { name } = command.contract;
    try {
      return await this.dataSource.transaction((manager) => decide(manager, command, message));
    } catch (error) {
      if (error instanceof CommandError) {
        this.logger.error(`${name} ${message.key} cannot be accepted: ${error.message}`);
        return { outcome: 'error', code: error.code, message: error.message };
      }
      if (error instanceof CommandPostponed) {
        this.logger.debug(`${name} ${message.key} is postponed: ${error.message}`);
        return { outcome: 'failed', message: error.message };
      }
      this.logger.error(`${name} ${message.key} failed and was rolled back`, error);
      return {
        outcome: 'failed',
        message: `${name} failed in ${command.contract.service}; its log says why`,
      };
    }
  }
}

async function decide(
  manager: EntityManager,
  command: RegisteredCommand,
  message: CommandMessage,
): Promise<CommandAnswer> {
  const { contract } = command;
  const { key, undoes } = message;
  const hash = requestHash(contract.name, message.request);
  // What is taken back first: a command and its undoing take their locks in one order.
  if (undoes) await manager.query(LOCK, [undoes.key]);
  await manager.query(LOCK, [key]);
  const known = await manager.findOneBy(ProcessedCommand, { key });
  if (known) return answerAgain(known, hash);
  refuseExpired(contract.name, message);

  const request = readAs(contract.requestClass, message.request);
  if (request.faults) {
    throw new CommandError('COMMAND_REQUEST_INVALID', `${contract.name}: ${request.faults.join('; ')}`);
  }
  const undone = await replyOfUndone(manager, command, message);
  if (undone === 'never done') return { outcome: 'nothing-to-undo' };

  const answer = await answerOf(manager, command, request.value, { key, undone });
  encodeCommand(`the answer of ${contract.name}`, answer);
  await manager.insert(ProcessedCommand, {
    ...{ key, name: contract.name, requestHash: hash },
    outcome: answer.outcome === 'refused' ? CommandOutcome.Refused : CommandOutcome.Done,
    reply:
      answer.outcome === 'refused' ? { code: answer.code, message: answer.message } : (answer.reply ?? null),
  });
  return answer;
}

type Decided = Extract<CommandAnswer, { outcome: 'done' | 'refused' }>;

async function answerOf(
  manager: EntityManager,
  { contract, handle }: RegisteredCommand,
  request: object,
  context: { readonly key: string; readonly undone: object | void },
): Promise<Decided> {
  try {
    // Inside a transaction this is a savepoint: a refusal takes the effect back and leaves room for its record.
    const reply = await manager.transaction((inner) => handle(request, inner, context));
    if (!contract.replyClass) return { outcome: 'done' };
    const read = readAs(contract.replyClass, JSON.parse(JSON.stringify(reply ?? null)));
    if (!read.faults) return { outcome: 'done', reply: read.value };
    throw new CommandError(
      'COMMAND_REPLY_INVALID',
      `the reply of ${contract.name}: ${read.faults.join('; ')}`,
    );
  } catch (error) {
    if (!(error instanceof CommandRefusal)) throw error;
    return { outcome: 'refused', code: error.code, message: error.message };
  }
}

/** What the command that is taken back had answered; from its record where the sender never heard. */
async function replyOfUndone(
  manager: EntityManager,
  { contract }: RegisteredCommand,
  { undoes }: CommandMessage,
): Promise<object | void | 'never done'> {
  if (!contract.undoes) return undefined;
  if (!undoes) {
    throw new CommandError(
      'COMMAND_REQUEST_INVALID',
      `${contract.name} undoes a command; say the key of which`,
    );
  }
  let reply: object | null | undefined = undoes.reply;
  if (!undoes.wasDone) {
    const record = await manager.findOneBy(ProcessedCommand, { key: undoes.key });
    if (!record) {
      const withdrawn = { key: undoes.key, name: contract.undoes.name, outcome: CommandOutcome.Withdrawn };
      await manager.insert(ProcessedCommand, { ...withdrawn, requestHash: null, reply: null });
    }
    if (record?.outcome !== CommandOutcome.Done) return 'never done';
    reply = record.reply;
  }
  const { name, replyClass } = contract.undoes;
  if (!replyClass) return undefined;
  const read = readAs(replyClass, reply);
  if (!read.faults) return read.value;
  throw new CommandError(
    'COMMAND_REPLY_INVALID',
    `the reply of ${name}, to be undone: ${read.faults.join('; ')}`,
  );
}

function answerAgain(known: ProcessedCommand, hash: string): CommandAnswer {
  if (known.outcome === CommandOutcome.Withdrawn) {
    return {
      outcome: 'refused',
      code: 'COMMAND_WITHDRAWN',
      message: `${known.name} was taken back before it came`,
    };
  }
  if (known.requestHash !== hash) {
    throw new CommandError(
      'COMMAND_KEY_REUSED',
      `the key ${known.key} was used for ${known.name} with another request: a key is for one command only, sent again unchanged`,
    );
  }
  return known.outcome === CommandOutcome.Refused
    ? { outcome: 'refused', ...(known.reply as { code: string; message: string }) }
    : { outcome: 'done', ...(known.reply && { reply: known.reply }) };
}

function refuseExpired(name: string, { key, firstSentAt }: CommandMessage): void {
  const ageMs = Date.now() - Date.parse(firstSentAt);
  if (ageMs < COMMAND_MEMORY_MS - EXPIRY_MARGIN_MS) return;
  throw new CommandError(
    'COMMAND_EXPIRED',
    `${name} ${key} was first sent at ${firstSentAt}: that is so long ago that nobody remembers whether it was done. ` +
      'See for yourself, and decide by hand.',
  );
}
