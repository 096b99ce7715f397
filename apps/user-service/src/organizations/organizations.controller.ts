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
import { CreateOrganizationDto } from './dto/create-organization.dto';
import { OrganizationResource } from './dto/organization.resource';
import { UpdateOrganizationDto } from './dto/update-organization.dto';
import { ORGANIZATION_LIST } from './organization-list';
import { OrganizationsService } from './organizations.service';

@ApiTags('organizations')
@Controller('organizations')
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Post()
  @ApiOperation({ summary: 'Found a club' })
  @ApiCreatedResponse({ type: OrganizationResource })
  create(@Body() organization: CreateOrganizationDto): Promise<OrganizationResource> {
    return this.organizations.create(organization);
  }

  @Get()
  @ApiOperation({ summary: 'List the clubs' })
  @PaginatedList(OrganizationResource, ORGANIZATION_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<OrganizationResource>> {
    return this.organizations.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a club' })
  @ApiOkResponse({ type: OrganizationResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<OrganizationResource> {
    return this.organizations.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a club' })
  @ApiOkResponse({ type: OrganizationResource })
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdateOrganizationDto,
  ): Promise<OrganizationResource> {
    return this.organizations.update(id, changes);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a club that has neither teams nor members' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.organizations.delete(id);
  }
}
