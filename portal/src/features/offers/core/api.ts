import { z } from 'zod'
import { endpoint, fileAnswer } from '#platform/core'
import { offerContent, offerTerms } from './content.ts'
import { offerDiscount } from './line.ts'
import { offerStatuses } from './offer-status.ts'

const offerStatus = z.enum(offerStatuses)
const language = z.enum(['zh-CN', 'en'])
const amount = z.number().int()
const offerId = z.object({ offerId: z.uuid() })
const page = { cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }

/** To whom it is addressed, as the document says it. */
const recipient = z.object({ name: z.string().trim().max(200), company: z.string().trim().max(200) })

/** question, counter, renewal: of the customer. answer: to him. declined, withdrawn: why. */
export const messageKinds = ['question', 'counter', 'renewal', 'answer', 'declined', 'withdrawn'] as const
const message = z.object({
  id: z.string(),
  kind: z.enum(messageKinds),
  version: z.number().int(),
  /** as the customer typed it, or the colleague's */
  name: z.string(),
  text: z.string(),
  /** what the customer would pay, net, minor units */
  proposedNet: amount.nullable(),
  at: z.string(),
})
export type OfferMessage = z.output<typeof message>

const offerSummary = z.object({
  id: z.string(),
  number: z.string(),
  version: z.number().int(),
  status: offerStatus,
  leadId: z.string(),
  recipient,
  net: amount,
  currency: z.string(),
  validUntil: z.string(),
  updatedAt: z.string(),
})
export type OfferSummary = z.output<typeof offerSummary>

const offerDetail = z.object({
  id: z.string(),
  number: z.string(),
  language,
  currency: z.string(),
  revision: z.number().int(),
  lead: z.object({ id: z.string(), number: z.number().int() }),
  /** where it can be sent */
  contact: z.object({ email: z.string(), phone: z.string() }),
  recipient,
  /** the newest version */
  version: z.number().int(),
  status: offerStatus,
  content: offerContent,
  /** may be sent without a colleague: percent below the list */
  discountLimit: z.number(),
  /** a new version may be begun */
  mayFollow: z.boolean(),
  history: z.array(
    z.object({
      version: z.number().int(),
      status: offerStatus,
      net: amount,
      gross: amount,
      /** path of the customer's page, without language; null: nobody has it yet */
      path: z.string().nullable(),
      sentAt: z.string().nullable(),
      sentBy: z.string().nullable(),
      acceptance: z
        .object({
          /** as he typed it */
          name: z.string(),
          /** whose account was signed in; null: nobody's */
          account: z.string().nullable(),
          at: z.string(),
          agreementVersion: z.string(),
        })
        .nullable(),
    }),
  ),
  messages: z.array(message),
})
export type OfferDetail = z.output<typeof offerDetail>

export const createOffer = endpoint({
  id: 'offers.createOffer',
  method: 'POST',
  path: '/leads/{leadId}/offers',
  summary: 'Begin an offer for a lead: a draft with the configuration of its inquiry as the first line',
  access: { staff: 'offer.write' },
  params: z.object({ leadId: z.uuid() }),
  status: 201,
  audit: 'offer.created',
  result: z.object({ id: z.string(), number: z.string() }),
  problems: ['lead-without-configuration'],
})

export const listOffers = endpoint({
  id: 'offers.listOffers',
  method: 'GET',
  path: '/offers',
  summary: 'Offers, the last changed first; `search`: the beginning of a number, or part of a name or company',
  access: { staff: 'offer.read' },
  query: z.object({
    search: z.string().trim().max(100).optional(),
    status: z.preprocess(
      value => (value === undefined || Array.isArray(value) ? value : [value]),
      z.array(offerStatus).optional(),
    ),
    lead: z.uuid().optional(),
    ...page,
  }),
  result: z.object({ items: z.array(offerSummary), nextCursor: z.string().nullable() }),
})

export const getOffer = endpoint({
  id: 'offers.getOffer',
  method: 'GET',
  path: '/offers/{offerId}',
  summary: 'An offer with its newest version, all earlier ones and what was said about it',
  access: { staff: 'offer.read' },
  params: offerId,
  concurrency: 'etag',
  result: offerDetail,
})

export const saveOfferDraft = endpoint({
  id: 'offers.saveOfferDraft',
  method: 'PUT',
  path: '/offers/{offerId}/draft',
  summary: 'Change the draft. It may be incomplete: what an offer must have is asked for when it is sent',
  access: { staff: 'offer.write' },
  params: offerId,
  body: z.object({ recipient, content: offerContent }),
  bodyLimit: 1_000_000,
  concurrency: 'if-match',
  audit: 'offer.changed',
  result: offerDetail,
  problems: ['offer-transition'],
})

export const previewOffer = endpoint({
  id: 'offers.previewOffer',
  method: 'GET',
  path: '/offers/{offerId}/document',
  summary: 'The newest version as a PDF, drafts too',
  access: { staff: 'offer.read' },
  params: offerId,
  query: z.object({ language: language.optional() }),
  transfers: 'download',
  limit: 'export',
  result: fileAnswer,
})

export const sendOffer = endpoint({
  id: 'offers.sendOffer',
  method: 'POST',
  path: '/offers/{offerId}/sending',
  summary:
    'Send the draft: from now on it has a link and never changes. The customer is mailed the link and the PDF, where he left an address; an earlier version gives way to it',
  access: { staff: 'offer.write' },
  params: offerId,
  concurrency: 'if-match',
  audit: 'offer.sent',
  result: offerDetail,
  problems: ['offer-transition', 'offer-incomplete'],
})

export const followOffer = endpoint({
  id: 'offers.followOffer',
  method: 'POST',
  path: '/offers/{offerId}/versions',
  summary: 'Begin a new version as a draft. The one before holds until it is sent',
  access: { staff: 'offer.write' },
  params: offerId,
  concurrency: 'if-match',
  status: 201,
  audit: 'offer.changed',
  result: offerDetail,
  problems: ['offer-transition'],
})

export const withdrawOffer = endpoint({
  id: 'offers.withdrawOffer',
  method: 'POST',
  path: '/offers/{offerId}/withdrawal',
  summary:
    'Take the newest version back, so that it cannot be accepted any more; a draft is given up. The customer reads the reason',
  access: { staff: 'offer.write' },
  params: offerId,
  body: z.strictObject({ reason: z.string().trim().max(2000).default('') }),
  concurrency: 'if-match',
  audit: 'offer.withdrawn',
  result: offerDetail,
  problems: ['offer-transition'],
})

export const answerOffer = endpoint({
  id: 'offers.answerOffer',
  method: 'POST',
  path: '/offers/{offerId}/answers',
  summary: 'Answer a question about an offer: on its page, and by mail where the customer left an address',
  access: { staff: 'offer.write' },
  params: offerId,
  body: z.strictObject({ text: z.string().trim().min(1).max(5000) }),
  status: 201,
  audit: 'offer.answered',
  result: offerDetail,
  problems: ['offer-transition'],
})

/** An offer as the customer sees it: nothing of cost or list prices. */
const sharedOffer = z.object({
  token: z.string(),
  number: z.string(),
  version: z.number().int(),
  status: offerStatus,
  language,
  currency: z.string(),
  recipient,
  sentAt: z.string(),
  validUntil: z.string(),
  lines: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      name: z.string(),
      text: z.string(),
      configurationToken: z.string().nullable(),
      quantity: z.number(),
      unit: z.string(),
      unitPrice: amount,
      discountPercent: z.number(),
      amount,
    }),
  ),
  discount: offerDiscount,
  taxPercent: z.number(),
  totals: z.object({ subtotal: amount, discount: amount, net: amount, tax: amount, gross: amount }),
  terms: offerTerms,
  acceptance: z.object({ name: z.string(), at: z.string() }).nullable(),
  /** of a newer version that was sent */
  newerToken: z.string().nullable(),
  messages: z.array(message),
  /** where the reader is signed in and it is his or his company's: its id there, and his name; else null */
  own: z.object({ offerId: z.string(), name: z.string() }).nullable(),
})
export type SharedOffer = z.output<typeof sharedOffer>

const token = z.object({ token: z.string().max(64) })
const typedName = z.string().trim().min(1).max(200)
const customersOwn = 'the customer says a thing of his own; the offer, its messages and the event are the trace'

export const getSharedOffer = endpoint({
  id: 'offers.getSharedOffer',
  method: 'GET',
  path: '/shared-offers/{token}',
  summary: 'An offer for whoever has its link',
  access: 'public',
  params: token,
  result: sharedOffer,
})

export const writeOnOffer = endpoint({
  id: 'offers.writeOnOffer',
  method: 'POST',
  path: '/shared-offers/{token}/messages',
  summary: 'Ask about an offer, propose something else, or ask for one that has expired to be renewed',
  access: 'public',
  params: token,
  body: z.strictObject({
    kind: z.enum(['question', 'counter', 'renewal']),
    name: typedName,
    text: z.string().trim().min(1).max(5000),
    /** for a counter-proposal: net, minor units */
    proposedNet: z.number().int().min(0).max(1e15).nullable().default(null),
  }),
  status: 201,
  audit: { none: customersOwn },
  result: sharedOffer,
  problems: ['offer-transition'],
})

export const acceptOffer = endpoint({
  id: 'offers.acceptOffer',
  method: 'POST',
  path: '/shared-offers/{token}/acceptance',
  summary: 'Accept an offer with its terms. Accepted again it stays accepted by whoever was first',
  access: 'public',
  params: token,
  body: z.strictObject({ name: typedName, agreed: z.literal(true), agreementVersion: z.string().max(40) }),
  audit: { none: customersOwn },
  result: sharedOffer,
  problems: ['offer-transition'],
})

export const declineOffer = endpoint({
  id: 'offers.declineOffer',
  method: 'POST',
  path: '/shared-offers/{token}/refusal',
  summary: 'Say that an offer is not wanted',
  access: 'public',
  params: token,
  body: z.strictObject({ name: typedName, reason: z.string().trim().max(5000).default('') }),
  audit: { none: customersOwn },
  result: sharedOffer,
  problems: ['offer-transition'],
})

const ownOffer = offerSummary.omit({ leadId: true, recipient: true, updatedAt: true }).extend({
  token: z.string(),
  /** what it is about: the first line */
  about: z.string(),
  gross: amount,
  sentAt: z.string(),
})
export type OwnOffer = z.output<typeof ownOffer>

export const listMyOffers = endpoint({
  id: 'offers.listMyOffers',
  method: 'GET',
  path: '/my/offers',
  summary: 'Offers to oneself and the own company, the newest version of each that was sent, newest first',
  access: { customer: 'offer.read-own' },
  query: z.object(page),
  result: z.object({ items: z.array(ownOffer), nextCursor: z.string().nullable() }),
})

const ownOfferDetail = sharedOffer.extend({
  id: z.string(),
  /** all that were sent, the newest first */
  versions: z.array(z.object({ version: z.number().int(), status: offerStatus, gross: amount, sentAt: z.string() })),
})
export type OwnOfferDetail = z.output<typeof ownOfferDetail>

export const getMyOffer = endpoint({
  id: 'offers.getMyOffer',
  method: 'GET',
  path: '/my/offers/{offerId}',
  summary:
    'An offer to oneself or the own company: the newest version that was sent, or the one asked for. It is answered by its `token`, as by its link',
  access: { customer: 'offer.read-own' },
  params: offerId,
  query: z.object({ version: z.coerce.number().int().min(1).max(1_000_000).optional() }),
  result: ownOfferDetail,
})
