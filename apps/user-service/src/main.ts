import { bootstrapService } from '@hockey-hub/shared-lib';
import { AppModule } from './app.module';

void bootstrapService({ module: AppModule, service: 'user-service', defaultPort: 3001 });
