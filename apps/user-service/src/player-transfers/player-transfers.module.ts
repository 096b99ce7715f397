import { Module } from '@nestjs/common';
import { TeamMembershipCommands } from '../command-handlers/team-membership-commands';
import { PlayerTransfersController } from './player-transfers.controller';
import { PlayerTransfersService } from './player-transfers.service';

@Module({
  controllers: [PlayerTransfersController],
  providers: [PlayerTransfersService, TeamMembershipCommands],
})
export class PlayerTransfersModule {}
