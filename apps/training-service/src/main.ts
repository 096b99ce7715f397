import { bootstrapService } from '@hockey-hub/shared-lib';
import { AppModule } from './app.module';

void bootstrapService({ module: AppModule, service: 'training-service', defaultPort: 3002 });
