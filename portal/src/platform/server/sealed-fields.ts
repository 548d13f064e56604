import { normalizeEmail } from '../core/index.ts'
import type { Sealed, Vault } from './vault.ts'

type Nullable<Value, Result> = null extends Value ? Result | null : Result

/** Each text sealed for its column: { email } of 'person' for 'person.email'. Null stays null. */
export async function sealFields<Fields extends Record<string, string | null>>(
  vault: Vault,
  table: string,
  fields: Fields,
): Promise<{ [Name in keyof Fields]: Nullable<Fields[Name], Sealed & string> }> {
  const sealed = await Promise.all(
    Object.entries(fields).map(async ([name, text]) => [name, text === null ? null : await vault.seal(text, `${table}.${name}`)]),
  )
  return Object.fromEntries(sealed)
}

/** The row with these sealed columns as text. */
export async function openFields<Row extends object, Name extends keyof Row & string>(
  vault: Vault,
  table: string,
  row: Row,
  names: readonly Name[],
): Promise<Omit<Row, Name> & { [Key in Name]: Nullable<Row[Key], string> }> {
  const open = async (name: Name) => {
    const sealed = row[name] as Sealed | null
    return [name, sealed === null ? null : await vault.open(sealed, `${table}.${name}`)]
  }
  return { ...row, ...Object.fromEntries(await Promise.all(names.map(open))) }
}

/** By what an e-mail address is looked up, however it is written; the same in every table. */
export const emailDigest = (vault: Vault, email: string): string => vault.digest(normalizeEmail(email), 'email')

/** By what a phone number in E.164 is looked up; the same in every table. */
export const phoneDigest = (vault: Vault, phone: string): string => vault.digest(phone, 'phone')
