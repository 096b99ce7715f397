import { Injectable } from '@nestjs/common';
import { hash, type Options } from '@node-rs/argon2';

/** OWASP's first choice of 2024; about 20 ms. Written into each hash, so it can be raised at any time. */
const ARGON2ID: Options = {
  memoryCost: 19456, // KiB
  timeCost: 2,
  parallelism: 1,
};

/** Turns passwords into what may be stored. */
@Injectable()
export class PasswordHasher {
  /** @returns a PHC string (`$argon2id$v=19$m=...`) with a salt of its own, at most 255 characters */
  hash(password: string): Promise<string> {
    // argon2id is the package's default algorithm; its enum cannot be named under isolatedModules.
    return hash(password, ARGON2ID);
  }
}
