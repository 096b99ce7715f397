/** One side of one contender, in a process of its own, as services are: `main.ts <contender> <role>`. */
import { runLoad } from '../load/run-load';
import { EffectLog } from '../load/effect-log';
import type { Contender, ContenderName, Role, Servers } from '../contenders/contender';
import type { Answers, Message, Question } from './messages';

interface Participant {
  answer(question: Question): Promise<Answers[keyof Answers]>;
  close(): Promise<void>;
}

/** Loaded when asked for: the floor has nothing of Nest in its process. */
const CONTENDERS: Readonly<Record<ContenderName, () => Promise<Contender>>> = {
  ours: async () => (await import('../contenders/ours')).ours,
  floor: async () => (await import('../contenders/floor')).floor,
};

async function open(contender: Contender, role: Role, servers: Servers): Promise<Participant> {
  if (role === 'scorer') {
    const scorer = await contender.openScorer(servers);
    return {
      answer: async (question) => {
        if (question.kind !== 'write') throw new Error('a scorer has no effects');
        return runLoad(question.load, question.seconds, scorer.write);
      },
      close: () => scorer.close(),
    };
  }
  const effects = new EffectLog();
  const scoreboard = await contender.openScoreboard(servers, (sentAtUs) => effects.committed(sentAtUs));
  return {
    answer: async (question) => {
      if (question.kind !== 'effects') throw new Error('a scoreboard writes nothing by itself');
      return effects.until(question.total);
    },
    close: () => scoreboard.close(),
  };
}

async function takePart([contender, role]: readonly string[]): Promise<void> {
  const servers = { databaseUrl: process.env['DATABASE_URL']!, natsUrl: process.env['NATS_URL']! };
  const participant = await open(await CONTENDERS[contender as ContenderName](), role as Role, servers);
  process.on('message', (question: Question) => {
    void participant.answer(question).then((answer) => tell({ kind: 'answer', answer }));
  });
  // The bench lets go of us when it is done with us, or when it died.
  process.once('disconnect', () => void participant.close());
  tell({ kind: 'ready' });
}

function tell(message: Message): void {
  process.send!(message);
}

void takePart(process.argv.slice(2));
