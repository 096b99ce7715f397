/** The clients' process: answers what `clients.ts` asks, until that lets go of it. */
import { ClientLoad } from '../load/client-load';
import type { Answer, Answers, Question } from './messages';

let load: ClientLoad | undefined;

async function answer(question: Question): Promise<Answers[keyof Answers]> {
  if (question.kind === 'open') {
    load = new ClientLoad(question.urls, question.options);
    return undefined;
  }
  if (!load) throw new Error(`"${question.kind}" was asked before "open"`);
  switch (question.kind) {
    case 'begin':
      return void (await load.begin(question.group));
    case 'learn':
      return void (await load.learn());
    case 'end':
      return void (await load.end(question.group));
    case 'count':
      return { ended: load.recorder.size, errors: load.recorder.errors };
    case 'stop':
      return load.stop();
  }
}

function tell(message: Answer): void {
  process.send!(message);
}

process.on('message', (question: Question) => {
  answer(question).then(
    (given) => tell({ kind: 'answer', answer: given }),
    (error: unknown) =>
      tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});
// Nobody is there any more who could stop the load: it must not go on.
process.once('disconnect', () => process.exit());
