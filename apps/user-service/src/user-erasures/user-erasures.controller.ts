import { Body, Controller, Get, HttpCode, HttpStatus, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CreateUserErasureDto } from './dto/create-user-erasure.dto';
import { UserErasureResource } from './dto/user-erasure.resource';
import { UserErasuresService } from './user-erasures.service';

@ApiTags('user-erasures')
@Controller('user-erasures')
export class UserErasuresController {
  constructor(private readonly erasures: UserErasuresService) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ summary: 'Erase a person in all services; ask again for the receipt' })
  @ApiAcceptedResponse({ type: UserErasureResource })
  create(@Body() erasure: CreateUserErasureDto): Promise<UserErasureResource> {
    return this.erasures.create(erasure);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show the receipt of an erasure' })
  @ApiOkResponse({ type: UserErasureResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<UserErasureResource> {
    return this.erasures.get(id);
  }
}
