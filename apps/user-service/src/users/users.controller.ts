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
  Put,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Paginate, type Paginated, type PaginateQuery } from 'nestjs-paginate';
import { ChangePasswordDto } from './dto/change-password.dto';
import { CreateUserDto } from './dto/create-user.dto';
import { UserResource } from './dto/user.resource';
import { UpdateUserDto } from './dto/update-user.dto';
import { USER_LIST } from './user-list';
import { UsersService } from './users.service';

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Post()
  @ApiOperation({ summary: 'Create a user' })
  @ApiCreatedResponse({ type: UserResource })
  create(@Body() user: CreateUserDto): Promise<UserResource> {
    return this.users.create(user);
  }

  @Get()
  @ApiOperation({ summary: 'List the users' })
  @PaginatedList(UserResource, USER_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<UserResource>> {
    return this.users.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a user' })
  @ApiOkResponse({ type: UserResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<UserResource> {
    return this.users.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a user' })
  @ApiOkResponse({ type: UserResource })
  update(@Param('id', ParseUUIDPipe) id: string, @Body() changes: UpdateUserDto): Promise<UserResource> {
    return this.users.update(id, changes);
  }

  @Put(':id/password')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Set the password of a user, who is signed out everywhere' })
  @ApiNoContentResponse()
  changePassword(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { password }: ChangePasswordDto,
  ): Promise<void> {
    return this.users.changePassword(id, password);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Erase a user with all memberships and guardianships' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.users.delete(id);
  }
}
