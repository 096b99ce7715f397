import { Body, Controller, Get, HttpCode, HttpStatus, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CreatePlayerTransferDto } from './dto/create-player-transfer.dto';
import { PlayerTransferResource } from './dto/player-transfer.resource';
import { PlayerTransfersService } from './player-transfers.service';

@ApiTags('player-transfers')
@Controller('player-transfers')
export class PlayerTransfersController {
  constructor(private readonly transfers: PlayerTransfersService) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({
    summary: 'Move a player to another team, with what is still to be done; ask again how far it is',
  })
  @ApiAcceptedResponse({ type: PlayerTransferResource })
  create(@Body() transfer: CreatePlayerTransferDto): Promise<PlayerTransferResource> {
    return this.transfers.create(transfer);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show how far a transfer is' })
  @ApiOkResponse({ type: PlayerTransferResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<PlayerTransferResource> {
    return this.transfers.get(id);
  }
}
