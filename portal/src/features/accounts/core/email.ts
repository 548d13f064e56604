/** One spelling for one mailbox: trimmed, full-width forms folded, lower case. */
export const normalizeEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase()

/** Digits of a phone number with its country code kept apart: '+86 138-0013-8000' and '13800138000' are one number. */
export function normalizePhone(phone: string): string {
  const digits = phone
    .normalize('NFKC')
    .replace(/[^\d+]/g, '')
    .replace(/^00/, '+')
  if (/^(\+?86)?1\d{10}$/.test(digits)) return `+86${digits.slice(-11)}`
  return digits
}
