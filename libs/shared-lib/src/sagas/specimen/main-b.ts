import { bootstrapService } from '../../http/bootstrap-service';
import { LockerBModule } from './locker-b.module';

void bootstrapService({ module: LockerBModule, service: 'locker-b', defaultPort: 0 });
