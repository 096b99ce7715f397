import { IsOptional, IsString, MinLength } from 'class-validator';
import { FromEnv } from '../config/from-env';
import { loadConfig } from '../config/load-config';
import { SecretFields } from '../config/secret-fields';

/** Who may use the operators' endpoints. */
@SecretFields('token')
export class OperatorConfig {
  /** What an operator's requests carry as a bearer token; without it these endpoints are closed. */
  @FromEnv('OPERATOR_TOKEN')
  @IsOptional()
  @IsString()
  @MinLength(16, { message: 'must have at least 16 characters' })
  token?: string;
}

/** @throws ConfigError when OPERATOR_TOKEN is too short */
export function loadOperatorConfig(env: NodeJS.ProcessEnv = process.env): Readonly<OperatorConfig> {
  return loadConfig(OperatorConfig, env);
}
