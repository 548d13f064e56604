/** Who brings text messages to phones. */
export interface SmsCarrier {
  /** One call of the carrier; throws nothing that the answer can say. */
  send(message: CarriedSms): Promise<SmsAnswer>
}

export interface CarriedSms {
  /** the same whenever this message is spoken of: the carrier's records show it */
  id: string
  /** E.164 */
  to: string
  template: SmsTemplate
  params: Readonly<Record<string, string>>
}

/**
 * Texts are agreed with the carrier beforehand. code: { code }, the digits somebody types into a page. notice: { what, where }, of what happened
 * at a machine, each 35 characters at most.
 */
export type SmsTemplate = 'code' | 'notice'

/**
 * sent: the carrier has taken it, which it charges for. refused: it will not, and would not next time.
 * not-sent: nothing was sent and it may be tried again. unknown: the call was made and its answer did not come.
 */
export type SmsAnswer =
  | { result: 'sent' }
  | { result: 'refused'; why: SmsRefusal; code: string }
  | { result: 'not-sent'; code: string }
  | { result: 'unknown'; code: string }

/**
 * number: no phone takes it. blocked: on a list of the carrier's. limit: too many to this number, or in all. balance: nobody pays.
 * settings: key, signature or template. too-late: of no use any more. unreachable: after the last try. other: the carrier's own
 */
export type SmsRefusal = 'number' | 'blocked' | 'limit' | 'balance' | 'settings' | 'too-late' | 'unreachable' | 'other'
