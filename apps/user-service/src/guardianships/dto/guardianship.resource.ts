import { Resource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import { GuardianRelationship, type Guardianship } from '../../entities/guardianship';
import { PersonSummary } from '../../resources/person-summary';

/** Who is responsible for whom. */
export class GuardianshipResource extends Resource {
  @ApiProperty({ type: PersonSummary })
  parent: PersonSummary;

  @ApiProperty({ type: PersonSummary })
  child: PersonSummary;

  @ApiProperty({ enum: GuardianRelationship, enumName: 'GuardianRelationship' })
  relationship: GuardianRelationship;

  @ApiProperty({ type: Boolean })
  isPrimaryContact: boolean;

  /** @param guardianship with both people loaded */
  constructor(guardianship: Guardianship) {
    super(guardianship);
    this.parent = new PersonSummary(guardianship.parent);
    this.child = new PersonSummary(guardianship.child);
    this.relationship = guardianship.relationship;
    this.isPrimaryContact = guardianship.isPrimaryContact;
  }
}
