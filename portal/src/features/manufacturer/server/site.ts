import type { Language } from '#platform/core'
import type { Platform } from '#platform/server'

export async function siteToEdit({ languages, config }: Platform) {
  const standing = await languages.standing()
  return { value: { languages: [...standing.languages], address: config.publicUrl }, etag: String(standing.revision) }
}

/** Chooses the languages the portal speaks, from the next page on. Fails with 412 where somebody changed them meanwhile. */
export async function changeSite(
  platform: Platform,
  { languages, revision }: { languages: readonly Language[]; revision: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    const before = await platform.languages.standing()
    await platform.languages.offer(languages, { revision, at: platform.now() })
    await platform.audit.write({
      action: 'site.changed',
      target: { kind: 'site', id: 'site' },
      before: { languages: before.languages.join(', ') },
      after: { languages: (await platform.languages.standing()).languages.join(', ') },
    })
  })
}
