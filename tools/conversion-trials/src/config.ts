/** Where the workspace is, and where recorded runs go. */
import { join, resolve } from 'node:path';

export const WORKSPACE_ROOT = resolve(__dirname, '../../..');

/** Where recorded crash tests are. */
export const RESULTS_FOLDER = join(WORKSPACE_ROOT, 'tools/conversion-trials/results');

/** What `demo-conversion` writes when it is told to record. */
export const RECORD = {
  readme: join(WORKSPACE_ROOT, 'tools/migrator/README.md'),
  picture: join(WORKSPACE_ROOT, 'tools/migrator/docs/demo-conversion.svg'),
};

/** Where the picture of any other run goes. */
export const PICTURE = join(WORKSPACE_ROOT, 'tmp/demo-conversion.svg');
