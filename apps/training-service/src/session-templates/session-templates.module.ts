import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SessionTemplate } from '../entities/session-template';
import { SessionTemplatesController } from './session-templates.controller';
import { SessionTemplatesService } from './session-templates.service';

@Module({
  imports: [TypeOrmModule.forFeature([SessionTemplate])],
  controllers: [SessionTemplatesController],
  providers: [SessionTemplatesService],
})
export class SessionTemplatesModule {}
