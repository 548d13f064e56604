import { standardDraft } from '../small-product.ts'
import type { Call } from './call.ts'
import { newDraft } from './products.ts'

export const configuratorCalls: Record<string, Call> = {
  'configurator.saveConfiguration': { call: ({ modelVersionId }) => ({ body: standardDraft(modelVersionId) }) },
  'configurator.openPreview': {
    async call(world) {
      return { params: { productId: await newDraft(world) } }
    },
  },
  'configurator.getVersionEffect': {
    call: ({ productId, modelVersionId }) => ({ params: { productId, modelVersionId } }),
  },
  'configurator.getConfiguration': { call: ({ own }) => ({ params: { token: own.configurationToken } }) },
  'configurator.openConfigurator': { call: () => ({ params: { slug: 'drill-stand' } }) },
  'configurator.listMyConfigurations': {
    call: () => ({ query: { limit: 100 } }),
    shows: ({ items }, { configurationToken }) => items.some((item: { token: string }) => item.token === configurationToken),
  },
}
