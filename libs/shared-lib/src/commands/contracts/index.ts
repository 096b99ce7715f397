/** Every command of the platform. */
export * from './erased-rows';
export * from './training-service';
export * from './user-service';
