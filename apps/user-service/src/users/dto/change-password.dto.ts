import { Password } from './password';

export class ChangePasswordDto {
  @Password()
  password!: string;
}
