import { bootstrapService } from '../../http/bootstrap-service';
import { LockerAModule } from './locker-a.module';

void bootstrapService({ module: LockerAModule, service: 'locker-a', defaultPort: 0 });
