import { VersionedEntity, WEB_ADDRESS_FORMAT, WEB_ADDRESS_LENGTH } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Unique } from 'typeorm';
import { EMAIL_LENGTH, emailTransformer } from './email-address';
import { LANGUAGE_FORMAT, PASSWORD_HASH_FORMAT, PHONE_FORMAT } from './text-formats';

/** The side a player shoots from. */
export enum Handedness {
  Left = 'left',
  Right = 'right',
  Ambidextrous = 'ambidextrous',
}

/** A person with an account. What they are in a club or a team is said by their memberships. */
@Entity('users')
@Unique(['email'])
// Together with the unique rule: unique regardless of case.
@Check('ck_users_email', `email = lower(email)`)
@Check('ck_users_password_hash', `password_hash ~ '${PASSWORD_HASH_FORMAT}'`)
@Check('ck_users_first_name', `btrim(first_name) <> ''`)
@Check('ck_users_last_name', `btrim(last_name) <> ''`)
@Check('ck_users_phone', `phone ~ '${PHONE_FORMAT}'`)
@Check('ck_users_date_of_birth', `date_of_birth >= '1900-01-01'`)
@Check('ck_users_profile_image_url', `profile_image_url ~ '${WEB_ADDRESS_FORMAT}'`)
@Check('ck_users_preferred_language', `preferred_language ~ '${LANGUAGE_FORMAT}'`)
export class User extends VersionedEntity {
  @Column({ type: 'varchar', length: EMAIL_LENGTH, transformer: emailTransformer })
  email!: string;

  /** A PHC string. Not selected unless a query asks for it by name, so it cannot leave by accident. */
  @Column({ type: 'varchar', length: 255, select: false })
  passwordHash!: string;

  @Column({ type: 'varchar', length: 100 })
  firstName!: string;

  @Column({ type: 'varchar', length: 100 })
  lastName!: string;

  @Column({ type: 'varchar', length: 16, nullable: true })
  phone!: string | null;

  /** A calendar date, `YYYY-MM-DD`: a birthday has no time zone. */
  @Column({ type: 'date', nullable: true })
  dateOfBirth!: string | null;

  @Column({ type: 'enum', enum: Handedness, nullable: true })
  handedness!: Handedness | null;

  @Column({ type: 'varchar', length: WEB_ADDRESS_LENGTH, nullable: true })
  profileImageUrl!: string | null;

  @Column({ type: 'boolean', default: true })
  isActive!: boolean;

  @Column({ type: 'boolean', default: false })
  emailVerified!: boolean;

  @Column({ type: 'timestamptz', nullable: true })
  lastLoginAt!: Date | null;

  @Column({ type: 'varchar', length: 35, default: 'en' })
  preferredLanguage!: string;
}
