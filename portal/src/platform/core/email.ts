/** One spelling for one mailbox: trimmed, full-width forms folded, lower case. */
export const normalizeEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase()
