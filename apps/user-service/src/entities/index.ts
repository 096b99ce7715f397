/**
 * What the user-service stores. Owns the shape of every table of its database, from which the migrations are
 * generated; no other service imports it. Does not own how rows are changed: that is each feature's service.
 *
 * A foreign key says NO ACTION where removing the other row must be refused. It refuses as RESTRICT does, but with
 * one SQLSTATE (23503) on every supported Postgres; that of RESTRICT is 23001 since Postgres 18.
 */
import { Guardianship } from './guardianship';
import { KnownWorkoutSession } from './known-workout-session';
import { LoginAttempt } from './login-attempt';
import { Organization } from './organization';
import { OrganizationMembership } from './organization-membership';
import { PasswordResetToken } from './password-reset-token';
import { Permission } from './permission';
import { RefreshToken } from './refresh-token';
import { Role } from './role';
import { RolePermission } from './role-permission';
import { Team } from './team';
import { TeamMembership } from './team-membership';
import { User } from './user';
import { UserErasure } from './user-erasure';

export const entities = [
  Organization,
  Team,
  User,
  Role,
  Permission,
  RolePermission,
  OrganizationMembership,
  TeamMembership,
  Guardianship,
  RefreshToken,
  PasswordResetToken,
  LoginAttempt,
  KnownWorkoutSession,
  UserErasure,
];
