import type { Config } from './config.ts'
import { isSaneRequestId } from './http-security.ts'

type Header = (name: string) => string | null | undefined

/** The origin the visitor used, without a slash at the end. own: as the request's own address has it */
export function visitedOrigin({ config, header, own }: { config: Config; header: Header; own: string }): string {
  if (config.mode === 'production') return config.publicUrl
  if (config.trustProxy === 0) return own
  const [scheme, host] = own.split('://')
  return `${forwarded(config, header, 'proto') ?? scheme}://${forwarded(config, header, 'host') ?? host}`
}

/** What a trusted proxy says of the visitor: his address, the host or the protocol he used. Nothing where no proxy is trusted. */
export function forwarded({ trustProxy }: Config, header: Header, name: 'for' | 'host' | 'proto'): string | undefined {
  if (trustProxy === 0) return
  // Each proxy adds what it saw at the end: with two of them, the last but one was written by the first. What stands before is the visitor's.
  const seen = header(`x-forwarded-${name}`)
    ?.split(',')
    .map(one => one.trim())
  return seen?.at(-trustProxy) ?? seen?.[0]
}

/** The caller's own id of the request where it is a sane one, so that one id runs through proxy, portal and log. */
export function requestIdOf(header: Header, newId: () => string): string {
  const given = header('x-request-id') ?? undefined
  return isSaneRequestId(given) ? given : newId()
}
