/** The rows of other services that this service points at; see `@CrossServiceReference`. */
export const ORGANIZATIONS = { service: 'user-service', table: 'organizations' } as const;
export const TEAMS = { service: 'user-service', table: 'teams' } as const;
export const USERS = { service: 'user-service', table: 'users' } as const;
