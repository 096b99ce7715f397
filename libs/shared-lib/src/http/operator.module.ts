import { Global, Module } from '@nestjs/common';
import { loadOperatorConfig, OperatorConfig } from './operator.config';
import { OperatorGuard } from './operator.guard';

/** What stands before the operators' endpoints of a service, for whatever module has some. */
@Global()
@Module({
  providers: [{ provide: OperatorConfig, useFactory: () => loadOperatorConfig() }, OperatorGuard],
  exports: [OperatorConfig, OperatorGuard],
})
export class OperatorModule {}
