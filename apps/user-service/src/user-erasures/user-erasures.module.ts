import { Module } from '@nestjs/common';
import { AccountCommands } from '../command-handlers/account-commands';
import { ErasureCommands } from '../command-handlers/erasure-commands';
import { UserErasuresController } from './user-erasures.controller';
import { UserErasuresService } from './user-erasures.service';

@Module({
  controllers: [UserErasuresController],
  providers: [UserErasuresService, AccountCommands, ErasureCommands],
})
export class UserErasuresModule {}
