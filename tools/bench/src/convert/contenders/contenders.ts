import type { ContenderName, ConvertContender } from './contender';
import { floor } from './floor';
import { naive } from './naive';
import { ours } from './ours';
import { plainScript } from './plain-script';

export const CONTENDERS: Readonly<Record<ContenderName, ConvertContender>> = {
  floor,
  naive,
  'plain-script': plainScript,
  'ours-offline': ours({ name: 'ours-offline', clients: 'none', workers: 2 }),
  ours: ours({ name: 'ours', clients: 'old-and-new', workers: 2 }),
  'ours-one-worker': ours({ name: 'ours-one-worker', clients: 'old-and-new', workers: 1 }),
};
