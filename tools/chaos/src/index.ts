export { ChaosError, type ChaosErrorCode } from './errors';
export { EXIT, main } from './main';
export type { ChaosReport } from './report/report';
