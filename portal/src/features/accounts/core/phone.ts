import { z } from 'zod'
import { normalizePhone } from '#platform/core'

export const noPhone = {
  message: { 'zh-CN': '这不是电话号码。', en: 'This is not a phone number.' },
  remedy: {
    'zh-CN': '请填写手机号，或带区号、国家代码的号码，例如 +86 512 6688 0000。',
    en: 'Enter a number with its country code, such as +86 512 6688 0000.',
  },
}

/** As it was typed; `normalizePhone` reads it. */
export const typedPhone = z
  .string()
  .trim()
  .max(30)
  .refine(text => normalizePhone(text) !== null, { params: noPhone })

/** Whether a text message can reach the number (E.164) as far as it shows: a Chinese one has to be a mobile number. */
export const takesTexts = (phone: string): boolean => !phone.startsWith('+86') || /^\+861[3-9]\d{9}$/.test(phone)

/**
 * A code by text message: how long it works, how often it may be mistyped, and how many are sent. Each costs money and rings at
 * somebody's, and fraud (SMS pumping) has thousands sent.
 */
export const phoneCode = {
  minutes: 5,
  tries: 5,
  /** between two to one number */
  secondsApart: 60,
  /** within 24 hours: to one number, asked for from one address, asked for by one account */
  daily: { number: 10, address: 30, account: 10 },
} as const

/** A code that was asked for within the last 24 hours, and what it has in common with one that is asked for now. */
export interface AskedCode {
  at: Date
  sameNumber: boolean
  sameAddress: boolean
  sameAccount: boolean
}

/** Seconds until the next code may be asked for; 0: now. */
export function secondsUntilCode(asked: readonly AskedCode[], now: Date): number {
  const day = 24 * 60 * 60
  const { daily, secondsApart } = phoneCode
  return Math.max(
    waitFor(1, secondsApart, timesOf(asked, 'sameNumber'), now),
    waitFor(daily.number, day, timesOf(asked, 'sameNumber'), now),
    waitFor(daily.address, day, timesOf(asked, 'sameAddress'), now),
    waitFor(daily.account, day, timesOf(asked, 'sameAccount'), now),
  )
}

const timesOf = (asked: readonly AskedCode[], what: 'sameNumber' | 'sameAddress' | 'sameAccount'): number[] =>
  asked.filter(one => one[what]).map(({ at }) => at.getTime())

/** Seconds until fewer than `most` of the times lie within the last `seconds`. */
function waitFor(most: number, seconds: number, times: readonly number[], now: Date): number {
  const nth = times.toSorted((a, b) => b - a)[most - 1]
  return nth === undefined ? 0 : Math.max(0, Math.ceil(seconds - (now.getTime() - nth) / 1000))
}
