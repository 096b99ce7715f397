import { PaginatedList } from '@hockey-hub/shared-lib';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Paginate, type Paginated, type PaginateQuery } from 'nestjs-paginate';
import { CreatePlayerWorkoutLoadDto } from './dto/create-player-workout-load.dto';
import { PlayerWorkoutLoadResource } from './dto/player-workout-load.resource';
import { UpdatePlayerWorkoutLoadDto } from './dto/update-player-workout-load.dto';
import { PLAYER_WORKOUT_LOAD_LIST } from './player-workout-load-list';
import { PlayerWorkoutLoadsService } from './player-workout-loads.service';

@ApiTags('player-workout-loads')
@Controller('player-workout-loads')
export class PlayerWorkoutLoadsController {
  constructor(private readonly loads: PlayerWorkoutLoadsService) {}

  @Post()
  @ApiOperation({ summary: 'Set how much of a session a player is to bear' })
  @ApiCreatedResponse({ type: PlayerWorkoutLoadResource })
  create(@Body() load: CreatePlayerWorkoutLoadDto): Promise<PlayerWorkoutLoadResource> {
    return this.loads.create(load);
  }

  @Get()
  @ApiOperation({ summary: 'List player loads' })
  @PaginatedList(PlayerWorkoutLoadResource, PLAYER_WORKOUT_LOAD_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<PlayerWorkoutLoadResource>> {
    return this.loads.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a player load' })
  @ApiOkResponse({ type: PlayerWorkoutLoadResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<PlayerWorkoutLoadResource> {
    return this.loads.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a player load' })
  @ApiOkResponse({ type: PlayerWorkoutLoadResource })
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdatePlayerWorkoutLoadDto,
  ): Promise<PlayerWorkoutLoadResource> {
    return this.loads.update(id, changes);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a player load: the session counts as planned again' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.loads.delete(id);
  }
}
