import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Guardianship } from '../entities/guardianship';
import { GuardianshipsController } from './guardianships.controller';
import { GuardianshipsService } from './guardianships.service';

@Module({
  imports: [TypeOrmModule.forFeature([Guardianship])],
  controllers: [GuardianshipsController],
  providers: [GuardianshipsService],
})
export class GuardianshipsModule {}
