import { createHash } from 'node:crypto'
import type { Platform } from '#platform/server'

const patience = 3_000

/**
 * Whether the password stands in the leaks that PASSWORD_BREACH_URL knows, by the range protocol of Have I Been Pwned: only the first
 * five digits of its SHA-1 leave the house, padded answers hide how many there were. False where none is set, or where that server
 * does not answer: nobody is kept from setting a password by somebody else's outage.
 */
export async function isBreached({ config, log }: Platform, password: string): Promise<boolean> {
  if (!config.passwordBreachUrl) return false
  const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
  const [prefix, suffix] = [hash.slice(0, 5), hash.slice(5)]
  try {
    const answer = await fetch(`${config.passwordBreachUrl}/${prefix}`, {
      headers: { 'add-padding': 'true', 'user-agent': 'Fettle' },
      signal: AbortSignal.timeout(patience),
      redirect: 'error',
    })
    if (!answer.ok) throw new Error(`The server of leaked passwords answered ${answer.status}`)
    return countOf(await answer.text(), suffix) > 0
  } catch (error) {
    log.warn({ error: (error as Error).message }, 'a new password could not be looked up among the leaked ones')
    return false
  }
}

/** Lines are `suffix:count`; padding counts 0. */
function countOf(lines: string, suffix: string): number {
  const line = lines.split(/\r?\n/).find(line => line.startsWith(`${suffix}:`))
  return line ? Number(line.slice(suffix.length + 1)) : 0
}
