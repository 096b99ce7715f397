import { VersionedResource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import { Handedness, type User } from '../../entities/user';

/** A person as the API shows them; of their password nothing. */
export class UserResource extends VersionedResource {
  @ApiProperty({ type: String, format: 'email' })
  email: string;

  @ApiProperty({ type: String })
  firstName: string;

  @ApiProperty({ type: String })
  lastName: string;

  @ApiProperty({ type: String, nullable: true })
  phone: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dateOfBirth: string | null;

  @ApiProperty({ enum: Handedness, enumName: 'Handedness', nullable: true })
  handedness: Handedness | null;

  @ApiProperty({ type: String, format: 'uri', nullable: true })
  profileImageUrl: string | null;

  @ApiProperty({ type: Boolean })
  isActive: boolean;

  @ApiProperty({ type: Boolean })
  emailVerified: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastLoginAt: Date | null;

  @ApiProperty({ type: String })
  preferredLanguage: string;

  constructor(user: User) {
    super(user);
    this.email = user.email;
    this.firstName = user.firstName;
    this.lastName = user.lastName;
    this.phone = user.phone;
    this.dateOfBirth = user.dateOfBirth;
    this.handedness = user.handedness;
    this.profileImageUrl = user.profileImageUrl;
    this.isActive = user.isActive;
    this.emailVerified = user.emailVerified;
    this.lastLoginAt = user.lastLoginAt;
    this.preferredLanguage = user.preferredLanguage;
  }
}
