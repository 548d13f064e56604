import argon2 from '@node-rs/argon2'

/** argon2id (the package's default) with OWASP's first recommended cost: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => argon2.hash(password.normalize('NFKC'), cost)

export const isPassword = ({ hash: known, password }: { hash: string; password: string }): Promise<boolean> =>
  argon2.verify(known, password.normalize('NFKC'))

/** The same hash for the same text and salt, to look one of several secrets up. salt: 16 bytes, one per person */
export const hashWithSalt = (secret: string, salt: Uint8Array): Promise<string> => argon2.hash(secret, { ...cost, salt })

/** The salt inside such a hash: `$argon2id$v=19$m=…$salt$hash`. */
export const saltOf = (hash: string): Uint8Array => Buffer.from(hash.split('$')[4]!, 'base64')
