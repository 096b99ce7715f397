export { ConversionTrial, type TrialOptions } from './trial/conversion-trial';
export { PHASES, phasesUpTo, type PhaseName } from './trial/phases';
