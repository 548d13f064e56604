import { Readable } from 'node:stream'
import type { FileAnswer } from '#platform/core'
import { notFound, type Platform } from '#platform/server'
import type { DeviceTables } from '../tables.ts'
import { ownAuthority } from './own-authority.ts'
import { signRevocations } from './sign-certificates.ts'

const holdsDays = 7

/** The list of revoked certificates of the manufacturer's authority (DER), for brokers outside. What has ended by itself is not on it. */
export async function listRevocations(platform: Platform, authorityId: string): Promise<FileAnswer> {
  const authority = await ownAuthority(platform)
  if (authority.id !== authorityId) throw notFound({ 'zh-CN': '证书颁发机构', en: 'certificate authority' })
  const at = platform.now()
  const rows = await platform.database
    .db<DeviceTables>()
    .selectFrom('device_credential')
    .select(['serial', 'revoked_at'])
    .where('authority_id', '=', authorityId)
    .where('revoked_at', 'is not', null)
    .where('expires_at', '>', at)
    .orderBy('revoked_at')
    .execute()
  const entries = rows.flatMap(({ serial, revoked_at }) => (serial && revoked_at ? [{ serial, revokedAt: revoked_at }] : []))
  const list = await signRevocations(authority, { entries, at, until: new Date(at.getTime() + holdsDays * 86_400_000) })
  return { name: 'revocations.crl', mediaType: 'application/pkix-crl', bytes: list.length, content: Readable.from([list]) }
}
