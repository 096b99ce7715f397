import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PlayerWorkoutLoad } from '../entities/player-workout-load';
import { PlayerWorkoutLoadsController } from './player-workout-loads.controller';
import { PlayerWorkoutLoadsService } from './player-workout-loads.service';

@Module({
  imports: [TypeOrmModule.forFeature([PlayerWorkoutLoad])],
  controllers: [PlayerWorkoutLoadsController],
  providers: [PlayerWorkoutLoadsService],
})
export class PlayerWorkoutLoadsModule {}
