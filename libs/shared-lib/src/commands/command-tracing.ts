import { Injectable } from '@nestjs/common';

/** How the trace of a sender goes on in the service that decides. Replaced by an application that traces. */
@Injectable()
export class CommandTracing {
  /** https://www.w3.org/TR/trace-context/#traceparent-header of what is under way, where anything is traced. */
  currentTraceparent(): string | undefined {
    return undefined;
  }

  /** Does the work as a part of the trace that `traceparent` names. */
  within<Result>(
    _name: string,
    _kind: 'client' | 'server',
    _traceparent: string | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    return work();
  }
}
