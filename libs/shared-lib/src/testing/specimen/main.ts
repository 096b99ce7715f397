import { bootstrapService } from '../../http/bootstrap-service';
import { SpecimenModule } from './specimen.module';

void bootstrapService({ module: SpecimenModule, service: 'specimen-service', defaultPort: 0 });
