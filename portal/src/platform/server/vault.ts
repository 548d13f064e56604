import { type Generated, sql } from 'kysely'
import { decrypt, encrypt, keyedHash, newKey } from './cipher.ts'
import type { Database } from './database.ts'
import type { MasterKey } from './master-keys.ts'
import type { Signals } from './signals.ts'
import { StartFailure } from './start-failure.ts'

/** Text that the vault has sealed, as a column holds it: no text is taken for it, and it for no text. */
export interface Sealed {
  readonly [sealedByVault]: true
}
declare const sealedByVault: unique symbol

/**
 * Personal data at rest. A text is sealed by AES-256-GCM under a data key; data keys lie in the database, wrapped by a master key
 * that does not. `context` names the place a value belongs to, 'person.email': sealed for one place, it does not open at another.
 */
export interface Vault {
  /** `v1.<number of the data key>.<base64url>`: another text each time */
  seal(text: string, context: string): Promise<string & Sealed>
  /** Throws where the value was not sealed for this context, or was changed. */
  open(sealed: string | Sealed, context: string): Promise<string>
  /** Keyed hash (HMAC-SHA-256, base64url) for exact look-up: the same for the same text and context, and tells nothing without the key. */
  digest(text: string, context: string): string
  /** Like `seal`, under a key of the subject's own; null where that key has been destroyed. Needs the ambient transaction. */
  sealFor(subjectId: string, text: string, context: string): Promise<string | null>
  /** Null where the subject's key has been destroyed. */
  openFor(subjectId: string, sealed: string, context: string): Promise<string | null>
  /** Destroys the subject's key, and with it everything sealed for him, here and in every copy. Cannot be undone. */
  forget(subjectId: string): Promise<void>
  /** The key of the audit chain. */
  auditKey: Buffer
  /** Makes a new data key, used from now on by every process; answers its number. What older keys sealed still opens. */
  renewDataKey(): Promise<number>
  /** Number of the data key in use. A value sealed under another is due to be sealed again. */
  currentDataKey(): number
  /** Wraps every key by the first master key; answers how many had another. After that the other master keys may go. */
  rewrap(): Promise<number>
}

interface VaultTables {
  data_key: { number: Generated<number>; purpose: 'data' | 'lookup' | 'audit'; wrapped: string; created_at: Date }
  subject_key: { subject_id: string; wrapped: string | null; created_at: Date; destroyed_at: Date | null }
}

const channel = 'fettle_keys'
const version = 'v1'

/**
 * The vault on this database, with its first keys made where there are none.
 * masters: the first wraps, all unwrap. Throws StartFailure where a key in the database was wrapped by none of them.
 */
export async function openVault(database: Database, signals: Signals, masters: readonly MasterKey[]): Promise<Vault> {
  await makeFirstKeys(database, masters)
  let keys = await readKeys(database, masters)
  const reload = async () => {
    keys = await readKeys(database, masters)
  }
  const reloadSoon = () => void reload().catch(() => {}) // an unknown key is read again when it is met
  await signals.listen(channel, reloadSoon, reloadSoon)

  async function dataKey(number: number): Promise<Buffer> {
    if (!keys.data.has(number)) await reload()
    const key = keys.data.get(number)
    if (!key) throw new Error(`There is no data key ${number}.`)
    return key
  }

  return {
    async seal(text, context) {
      const sealed = encrypt(keys.data.get(keys.current)!, Buffer.from(text), Buffer.from(context))
      return `${version}.${keys.current}.${sealed.toString('base64url')}` as string & Sealed
    },
    async open(sealed, context) {
      const [, number, body] = readSealed(sealed)
      return decrypt(await dataKey(Number(number)), Buffer.from(body, 'base64url'), Buffer.from(context)).toString()
    },
    digest: (text, context) => keyedHash(keys.lookup, `${context}\0${text}`).toString('base64url'),

    async sealFor(subjectId, text, context) {
      const key = await subjectKey(database, masters, subjectId)
      return key && `${version}.s.${encrypt(key, Buffer.from(text), Buffer.from(context)).toString('base64url')}`
    },
    async openFor(subjectId, sealed, context) {
      const db = database.db<VaultTables>()
      const row = await db.selectFrom('subject_key').select('wrapped').where('subject_id', '=', subjectId).executeTakeFirst()
      if (!row?.wrapped) return null
      const [, , body] = readSealed(sealed)
      const key = unwrap(masters, row.wrapped, `subject ${subjectId}`)
      return decrypt(key, Buffer.from(body, 'base64url'), Buffer.from(context)).toString()
    },
    async forget(subjectId) {
      const now = new Date()
      await database
        .db<VaultTables>()
        .insertInto('subject_key')
        .values({ subject_id: subjectId, wrapped: null, created_at: now, destroyed_at: now })
        .onConflict(known =>
          known.column('subject_id').doUpdateSet(eb => ({
            wrapped: null,
            destroyed_at: eb.fn.coalesce('subject_key.destroyed_at', eb.val(now)),
          })),
        )
        .execute()
    },

    auditKey: keys.audit,
    currentDataKey: () => keys.current,
    async renewDataKey() {
      const number = await addKey(database, masters[0]!, 'data')
      await sql`select pg_notify(${channel}, '')`.execute(database.db())
      await reload()
      return number
    },
    rewrap: () => rewrap(database, masters),
  }
}

function readSealed(sealed: string | Sealed): [string, string, string] {
  const parts = String(sealed).split('.')
  if (parts.length !== 3 || parts[0] !== version) throw new Error('This was not sealed by the vault.')
  return parts as [string, string, string]
}

interface Keys {
  data: Map<number, Buffer>
  current: number
  lookup: Buffer
  audit: Buffer
}

async function readKeys(database: Database, masters: readonly MasterKey[]): Promise<Keys> {
  const rows = await database.db<VaultTables>().selectFrom('data_key').selectAll().orderBy('number').execute()
  const keys = rows.map(({ number, purpose, wrapped }) => ({ number, purpose, key: unwrap(masters, wrapped, purpose) }))
  const data = new Map(keys.filter(({ purpose }) => purpose === 'data').map(({ number, key }) => [number, key]))
  const single = (wanted: string) => keys.find(({ purpose }) => purpose === wanted)!.key
  return { data, current: Math.max(...data.keys()), lookup: single('lookup'), audit: single('audit') }
}

async function makeFirstKeys(database: Database, masters: readonly MasterKey[]): Promise<void> {
  await database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext('fettle-first-keys'))`.execute(database.db()) // several portals may start at once
    const rows = await database.db<VaultTables>().selectFrom('data_key').select('purpose').execute()
    for (const purpose of ['lookup', 'audit', 'data'] as const)
      if (!rows.some(row => row.purpose === purpose)) await addKey(database, masters[0]!, purpose)
  })
}

async function addKey(database: Database, master: MasterKey, purpose: VaultTables['data_key']['purpose']): Promise<number> {
  const { number } = await database
    .db<VaultTables>()
    .insertInto('data_key')
    .values({ purpose, wrapped: wrap(master, newKey(), purpose), created_at: new Date() })
    .returning('number')
    .executeTakeFirstOrThrow()
  return number
}

/** The subject's key, made where there is none yet; null where it has been destroyed. */
async function subjectKey(database: Database, masters: readonly MasterKey[], subjectId: string): Promise<Buffer | null> {
  if (!database.inTransaction()) throw new Error('A key of a subject needs a transaction: it and what it seals commit together.')
  const db = database.db<VaultTables>()
  const read = () => db.selectFrom('subject_key').select('wrapped').where('subject_id', '=', subjectId).executeTakeFirst()
  let row = await read()
  if (!row) {
    const wrapped = wrap(masters[0]!, newKey(), `subject ${subjectId}`)
    await db
      .insertInto('subject_key')
      .values({ subject_id: subjectId, wrapped, created_at: new Date(), destroyed_at: null })
      .onConflict(known => known.doNothing()) // another transaction was first: its key counts
      .execute()
    row = await read()
  }
  return row?.wrapped ? unwrap(masters, row.wrapped, `subject ${subjectId}`) : null
}

async function rewrap(database: Database, masters: readonly MasterKey[]): Promise<number> {
  const [first] = masters
  return database.transaction(async () => {
    const db = database.db<VaultTables>()
    const foreign = (wrapped: string) => !wrapped.startsWith(`${first!.name}:`)
    const again = (wrapped: string, context: string) => wrap(first!, unwrap(masters, wrapped, context), context)
    let count = 0
    for (const { number, purpose, wrapped } of await db.selectFrom('data_key').selectAll().forUpdate().execute()) {
      if (!foreign(wrapped)) continue
      await db
        .updateTable('data_key')
        .set({ wrapped: again(wrapped, purpose) })
        .where('number', '=', number)
        .execute()
      count++
    }
    const subjects = await db
      .selectFrom('subject_key')
      .select(['subject_id', 'wrapped'])
      .where('wrapped', 'not like', `${first!.name}:%`)
      .orderBy('subject_id')
      .forUpdate()
      .execute()
    for (const { subject_id, wrapped } of subjects) {
      const renewed = again(wrapped!, `subject ${subject_id}`)
      await db.updateTable('subject_key').set({ wrapped: renewed }).where('subject_id', '=', subject_id).execute()
      count++
    }
    return count
  })
}

/** `<name of the master key>:<base64url>` */
const wrap = ({ name, key }: MasterKey, inner: Buffer, context: string): string =>
  `${name}:${encrypt(key, inner, Buffer.from(context)).toString('base64url')}`

function unwrap(masters: readonly MasterKey[], wrapped: string, context: string): Buffer {
  const [name, body] = wrapped.split(':') as [string, string]
  const master = masters.find(one => one.name === name)
  if (!master) {
    throw new StartFailure(
      `ENCRYPTION_KEYS holds no key named "${name}", and keys in the database were wrapped by it. Add that key behind the others; without it the personal data cannot be read.`,
    )
  }
  try {
    return decrypt(master.key, Buffer.from(body, 'base64url'), Buffer.from(context))
  } catch {
    throw new StartFailure(
      `ENCRYPTION_KEYS: the key named "${name}" is not the one that wrapped the keys in the database. Set the key that was used with this database.`,
    )
  }
}
