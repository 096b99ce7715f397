import { dirname } from 'node:path';
import { createNodesFromFiles, type CreateNodesV2 } from '@nx/devkit';
export const createNodesV2: CreateNodesV2 = ['apps/*/src/data-source.ts', (files, options, context) => createNodesFromFiles((f) => {
  const root = dirname(dirname(f));
  return { projects: { [root]: { targets: { migrate: { executor: '@hockey-hub/migrator:migrate', dependsOn: ['^migrate'] }, noop: {executor:'nx:noop'} } } } };
}, files, options, context)];
