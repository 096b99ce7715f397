/** Questions of `migration-generate`, put to the person at the terminal. */
import type { Ask } from '../../generate/resolve-refusals';

/** Loaded when something has to be asked: most runs ask nothing. */
export const askOnTerminal: Ask = async (question, choices) => {
  const { select } = await import('@inquirer/prompts');
  try {
    return await select({
      message: question,
      choices: [
        ...choices.map((choice) => ({ name: choice.label, value: choice })),
        { name: 'stop, and write nothing', value: undefined },
      ],
    });
  } catch (error) {
    // Ctrl-C is an answer too.
    if (error instanceof Error && error.name === 'ExitPromptError') return undefined;
    throw error;
  }
};
