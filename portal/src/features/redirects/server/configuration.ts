import { z } from 'zod'
import { configurationPart } from '#platform/server'
import { mostRedirects, readRedirects } from '../core/index.ts'
import { importRedirects } from './redirects.ts'
import type { RedirectTables } from './tables.ts'

interface Redirect {
  old: string
  target: string
}

const redirects = configurationPart({
  name: 'redirects',
  title: { 'zh-CN': '旧地址跳转', en: 'Old addresses' },
  schema: z.array(z.object({ old: z.string(), target: z.string() })).max(mostRedirects),
  async read({ database }) {
    const rows = await database.db<RedirectTables>().selectFrom('redirect').select(['old', 'target']).orderBy('old').execute()
    return rows.length === 0 ? null : rows
  },
  async check(_, list) {
    const { errors } = readRedirects(asText(list))
    return errors.map(({ line, ...fault }) => ({ ...fault, field: `/${line - 1}` }))
  },
  async write(platform, list) {
    const { redirects } = readRedirects(asText(list))
    const gone = await platform.database
      .db<RedirectTables>()
      .deleteFrom('redirect')
      .$if(redirects.length > 0, query =>
        query.where(
          'old',
          'not in',
          redirects.map(({ old }) => old),
        ),
      )
      .executeTakeFirst()
    if (gone.numDeletedRows > 0n)
      await platform.audit.write({
        action: 'redirect.removed',
        target: { kind: 'portal', id: 'redirects' },
        facts: { removed: Number(gone.numDeletedRows) },
      })
    await importRedirects(platform, asText(list))
  },
})

/** As somebody would type them: what parts two addresses on a line is written as addresses write it. */
const asText = (list: readonly Redirect[]): string => list.map(one => `${typed(one.old)}\t${typed(one.target)}`).join('\n')

const typed = (address: string) => address.replace(/[\s,;]/g, sign => encodeURIComponent(sign)) || '-'

export const configuration = [redirects]
