import type { BetterAuthPlugin } from 'better-auth'
import type { DBAdapter } from 'better-auth/adapters'
import { emailDigest, phoneDigest, type Vault } from '#platform/server'

/**
 * Puts the vault between the account library and its database: what the library writes is sealed, what it looks up is looked up by
 * keyed hash, what it reads is opened. It never sees that anything is sealed.
 */
export const sealing = (vault: Vault) =>
  ({
    id: 'fettle-sealing',
    // in place, and before the library builds on it: it knows its adapter by identity
    init({ adapter }) {
      Object.assign(adapter, sealedAdapter({ ...adapter }, vault))
    },
  }) satisfies BetterAuthPlugin

type Row = Record<string, unknown>
type Where = NonNullable<Parameters<DBAdapter['count']>[0]['where']>[number]

/** Fields of the library that lie sealed, by its own names. */
const sealedFields: Readonly<Record<string, Readonly<Record<string, SealedField>>>> = {
  user: {
    email: { context: 'person.email', lookUp: { field: 'emailDigest', digest: emailDigest } },
    phone: { context: 'person.phone', lookUp: { field: 'phoneDigest', digest: phoneDigest } },
  },
  session: {
    ipAddress: { context: 'session.address', lookUp: null },
    userAgent: { context: 'session.user_agent', lookUp: null },
  },
  invitation: { email: { context: 'company_invitation.email', lookUp: { field: 'emailDigest', digest: emailDigest } } },
}

interface SealedField {
  context: string
  /** where it can be looked up, and only exactly */
  lookUp: { field: string; digest(vault: Vault, text: string): string } | null
}

function sealedAdapter(adapter: DBAdapter, vault: Vault): DBAdapter {
  const where = <Conditions extends Where[] | undefined>(model: string, conditions: Conditions) =>
    conditions?.map(condition => lookUp(vault, model, condition)) as Conditions
  const seal = (model: string, data: Row) => sealRow(vault, model, data)
  const open = async <T>(model: string, found: T) => (await openRow(vault, model, found)) as T

  const sealed: DBAdapter = {
    ...adapter,
    create: async call => open(call.model, await adapter.create({ ...call, data: (await seal(call.model, call.data)) as never })),
    findOne: async call => open(call.model, await adapter.findOne({ ...call, where: where(call.model, call.where) })),
    findMany: async call => {
      const found = await adapter.findMany({ ...call, where: where(call.model, call.where) })
      return (await Promise.all(found.map(row => open(call.model, row)))) as never
    },
    count: call => adapter.count({ ...call, where: where(call.model, call.where) }),
    update: async call =>
      open(
        call.model,
        await adapter.update({ ...call, where: where(call.model, call.where), update: await seal(call.model, call.update) }),
      ),
    updateMany: async call =>
      adapter.updateMany({ ...call, where: where(call.model, call.where), update: await seal(call.model, call.update) }),
    delete: call => adapter.delete({ ...call, where: where(call.model, call.where) }),
    deleteMany: call => adapter.deleteMany({ ...call, where: where(call.model, call.where) }),
    consumeOne: async call => open(call.model, await adapter.consumeOne({ ...call, where: where(call.model, call.where) })),
    incrementOne: async call => {
      if (call.set) call = { ...call, set: await seal(call.model, call.set as Row) }
      return open(call.model, await adapter.incrementOne({ ...call, where: where(call.model, call.where) }))
    },
    transaction: work => work(sealed), // the ambient one, if there is one
  }
  return sealed
}

function lookUp(vault: Vault, model: string, condition: Where): Where {
  const field = sealedFields[model]?.[condition.field]
  if (!field || condition.value === null) return condition
  const { operator = 'eq', value } = condition
  if (!field.lookUp || !['eq', 'ne', 'in'].includes(operator))
    throw new Error(`${model}.${condition.field} is sealed: it is not looked up by "${operator}"`)
  const { digest } = field.lookUp
  const hashed = Array.isArray(value) ? value.map(one => digest(vault, String(one))) : digest(vault, String(value))
  return { ...condition, field: field.lookUp.field, value: hashed }
}

async function sealRow(vault: Vault, model: string, data: Row): Promise<Row> {
  const sealed = { ...data }
  for (const [name, { context, lookUp }] of Object.entries(sealedFields[model] ?? {})) {
    const text = data[name]
    if (text === undefined) continue
    const empty = text === null || text === ''
    sealed[name] = empty ? null : await vault.seal(String(text), context)
    if (lookUp) sealed[lookUp.field] = empty ? null : lookUp.digest(vault, String(text))
  }
  return sealed
}

/** What was found, opened; a session comes with its user. */
async function openRow(vault: Vault, model: string, found: unknown): Promise<unknown> {
  if (typeof found !== 'object' || found === null) return found
  const row = { ...found } as Row
  for (const [name, { context }] of Object.entries(sealedFields[model] ?? {}))
    if (typeof row[name] === 'string') row[name] = await vault.open(row[name], context)
  for (const joined of Object.keys(sealedFields))
    if (joined in row)
      row[joined] = Array.isArray(row[joined])
        ? await Promise.all(row[joined].map(one => openRow(vault, joined, one)))
        : await openRow(vault, joined, row[joined])
  return row
}
