import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { OperatorConfig } from './operator.config';
import { ProblemException } from './problem';

const BEARER = /^Bearer (.+)$/i;

/** Lets operators in alone: `Authorization: Bearer <OPERATOR_TOKEN>`. Closed where no token was set. */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(private readonly config: OperatorConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const { token } = this.config;
    if (token === undefined) {
      throw new ProblemException(503, {
        code: 'OPERATIONS_DISABLED',
        detail: 'No OPERATOR_TOKEN was set for this service. Set one and start it again.',
      });
    }
    const given = BEARER.exec(context.switchToHttp().getRequest<Request>().get('authorization') ?? '')?.[1];
    if (given !== undefined && isSame(given, token)) return true;
    throw new ProblemException(401, {
      code: 'NOT_AN_OPERATOR',
      detail: 'This is for operators: send the header Authorization: Bearer <OPERATOR_TOKEN>.',
    });
  }
}

/** In the same time for every text: hashes have one length, and say nothing about where two texts differ. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
