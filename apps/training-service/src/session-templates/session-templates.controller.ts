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
import { CreateSessionTemplateDto } from './dto/create-session-template.dto';
import { SessionTemplateResource } from './dto/session-template.resource';
import { UpdateSessionTemplateDto } from './dto/update-session-template.dto';
import { SESSION_TEMPLATE_LIST } from './session-template-list';
import { SessionTemplatesService } from './session-templates.service';

@ApiTags('session-templates')
@Controller('session-templates')
export class SessionTemplatesController {
  constructor(private readonly templates: SessionTemplatesService) {}

  @Post()
  @ApiOperation({ summary: 'Keep a whole session of a club as a template' })
  @ApiCreatedResponse({ type: SessionTemplateResource })
  create(@Body() template: CreateSessionTemplateDto): Promise<SessionTemplateResource> {
    return this.templates.create(template);
  }

  @Get()
  @ApiOperation({ summary: 'List session templates' })
  @PaginatedList(SessionTemplateResource, SESSION_TEMPLATE_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<SessionTemplateResource>> {
    return this.templates.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a session template' })
  @ApiOkResponse({ type: SessionTemplateResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<SessionTemplateResource> {
    return this.templates.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a session template; blocks are replaced as a whole' })
  @ApiOkResponse({ type: SessionTemplateResource })
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdateSessionTemplateDto,
  ): Promise<SessionTemplateResource> {
    return this.templates.update(id, changes);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a session template' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.templates.delete(id);
  }
}
