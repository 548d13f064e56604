import { createHash } from 'node:crypto'
import type { Platform, Sealed, Vault } from '#platform/server'
import { type OfferContent, offerTotals, shownContent } from '../core/index.ts'
import type { OfferTables, Recipient } from './tables.ts'

const contentContext = 'offer_version.content'
const recipientContext = 'offer_version.recipient'

export const openContent = async (vault: Vault, content: Sealed): Promise<OfferContent> =>
  JSON.parse(await vault.open(content, contentContext)) as OfferContent

/** The columns of a version that say what is offered. */
export async function contentColumns({ vault }: Platform, content: OfferContent) {
  const { net, gross } = offerTotals(content.lines, content)
  return {
    content: await vault.seal(JSON.stringify(content), contentContext),
    net,
    gross,
    valid_until: content.validUntil,
  }
}

export const openRecipient = async (vault: Vault, recipient: Sealed): Promise<Recipient> =>
  JSON.parse(await vault.open(recipient, recipientContext)) as Recipient

/** The column of a version that says to whom it is addressed. */
export const sealRecipient = (vault: Vault, { name, company }: Recipient) =>
  vault.seal(JSON.stringify({ name, company }), recipientContext)

/** By what an offer is found. */
export const searchOf = ({ name, company }: Recipient): string => [name, company].filter(Boolean).join('\n').toLowerCase()

/** SHA-256, in hexadecimal, of everything the customer is offered: number, version, lines, amounts and terms. */
export function documentDigest(
  { number, currency }: Pick<OfferTables['offer'], 'number' | 'currency'>,
  version: number,
  content: OfferContent,
): string {
  const { remindDays: _, ...shown } = shownContent(content)
  return sha256(JSON.stringify({ number, version, currency, ...shown }))
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
