import { ApiProperty } from '@nestjs/swagger';
import type { BaseEntity } from '../entities/base-entity';
import type { VersionedEntity } from '../entities/versioned-entity';

/** What every answer says about a stored row. */
export abstract class Resource {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt: Date;

  constructor(row: BaseEntity) {
    this.id = row.id;
    this.createdAt = row.createdAt;
    this.updatedAt = row.updatedAt;
  }
}

/** A row that several people edit at once. */
export abstract class VersionedResource extends Resource {
  @ApiProperty({ type: 'integer', description: 'Send it back with a change to learn of conflicting ones' })
  version: number;

  constructor(row: VersionedEntity) {
    super(row);
    this.version = row.version;
  }
}
