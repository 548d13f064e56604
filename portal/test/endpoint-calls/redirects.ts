import { importRedirects, listRedirects } from '#features/redirects/core'
import { type Call, none } from './call.ts'

export const redirectsCalls: Record<string, Call> = {
  'redirects.listRedirects': none,
  'redirects.checkRedirects': { call: () => ({ body: { text: '/old-address /products' } }) },
  'redirects.importRedirects': { call: () => ({ body: { text: '/old-address /products' } }) },
  'redirects.removeRedirect': {
    call: async ({ api }) => {
      const marketing = await api('marketing')
      await marketing.call(importRedirects, { body: { text: '/to-be-removed /products' } })
      const { items } = await marketing.call(listRedirects, { query: { search: '/to-be-removed' } })
      return { params: { redirectId: items[0]!.id } }
    },
  },
}
