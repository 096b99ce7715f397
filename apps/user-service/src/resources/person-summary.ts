import { ApiProperty } from '@nestjs/swagger';
import type { User } from '../entities/user';

/** Who somebody is, where a list names people: enough to show a name, nothing private. */
export class PersonSummary {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String })
  firstName: string;

  @ApiProperty({ type: String })
  lastName: string;

  constructor(user: User) {
    this.id = user.id;
    this.firstName = user.firstName;
    this.lastName = user.lastName;
  }
}
