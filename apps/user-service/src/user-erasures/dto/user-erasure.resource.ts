import {
  Resource,
  type SagaDetails,
  type SagaProblem,
  type SagaReason,
  type ServiceErasure,
} from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import type { UserErasure } from '../../entities/user-erasure';

export const ERASURE_STATES = ['running', 'stuck', 'completed', 'called-off'] as const;

/** The receipt of an erasure. It never says whose it was. */
export class UserErasureResource extends Resource {
  @ApiProperty({
    enum: ERASURE_STATES,
    description:
      'called-off: it was refused or cancelled, and all is as it was; stuck: an operator has to look',
  })
  state: (typeof ERASURE_STATES)[number];

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  completedAt: Date | null;

  @ApiProperty({ type: Object, nullable: true, description: 'Why it was called off' })
  reason: SagaReason | null;

  @ApiProperty({ type: Object, nullable: true, description: 'What it waits for, when it is stuck' })
  problem: SagaProblem | null;

  @ApiProperty({
    type: [Object],
    description: 'What each service did: table or column, action, number of rows',
  })
  services: ServiceErasure[];

  /** @param saga undefined when it is forgotten, long after the end */
  constructor(erasure: UserErasure, saga: SagaDetails | undefined) {
    super(erasure);
    this.state = stateOf(erasure, saga);
    this.completedAt = erasure.completedAt;
    this.reason = saga?.reason ?? null;
    this.problem = saga?.problem ?? null;
    this.services = erasure.receipt ?? [];
  }
}

function stateOf({ completedAt }: UserErasure, saga: SagaDetails | undefined): UserErasureResource['state'] {
  if (completedAt) return 'completed';
  if (!saga || saga.state === 'compensated') return 'called-off';
  return saga.state === 'stuck' ? 'stuck' : 'running';
}
