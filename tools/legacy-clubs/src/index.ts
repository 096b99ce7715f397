export { convertByHand, convertedLegacySchema, type OfNobody } from './convert-by-hand';
export { DIRT_KINDS, type DirtCounts, type DirtKind, type DirtRequest } from './dirt';
export { LegacyClubsError, type LegacyClubsErrorCode } from './errors';
export { exchangeTeamCodes } from './exchange-team-codes';
export { LARGE_CLUB_INDEXES } from './large-club-indexes';
export { legacySchemaOf, type LegacyService } from './legacy-schema';
export { GAP as NUMBERS_OF_NOBODY } from './population';
export { seedLegacyClubs, type SeededClubs, type SeedOptions } from './seed-legacy-clubs';
export { takeOutNobody } from './take-out-nobody';
