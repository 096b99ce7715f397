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
import { CreateGuardianshipDto } from './dto/create-guardianship.dto';
import { GuardianshipResource } from './dto/guardianship.resource';
import { UpdateGuardianshipDto } from './dto/update-guardianship.dto';
import { GUARDIANSHIP_LIST } from './guardianship-list';
import { GuardianshipsService } from './guardianships.service';

@ApiTags('guardianships')
@Controller('guardianships')
export class GuardianshipsController {
  constructor(private readonly guardianships: GuardianshipsService) {}

  @Post()
  @ApiOperation({ summary: 'Make a user responsible for another one' })
  @ApiCreatedResponse({ type: GuardianshipResource })
  create(@Body() guardianship: CreateGuardianshipDto): Promise<GuardianshipResource> {
    return this.guardianships.create(guardianship);
  }

  @Get()
  @ApiOperation({ summary: 'List who is responsible for whom' })
  @PaginatedList(GuardianshipResource, GUARDIANSHIP_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<GuardianshipResource>> {
    return this.guardianships.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a guardianship' })
  @ApiOkResponse({ type: GuardianshipResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<GuardianshipResource> {
    return this.guardianships.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a guardianship' })
  @ApiOkResponse({ type: GuardianshipResource })
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdateGuardianshipDto,
  ): Promise<GuardianshipResource> {
    return this.guardianships.update(id, changes);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'End a guardianship' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.guardianships.delete(id);
  }
}
