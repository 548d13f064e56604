import { configurationPart } from '#platform/server'
import { savePricing as saving } from '../core/index.ts'
import { readPricing, savePricing } from './price-visibility.ts'

const prices = configurationPart({
  name: 'prices',
  title: { 'zh-CN': '价格可见范围', en: 'Who sees prices' },
  schema: saving.body!,
  async read({ database }) {
    const { pricing, revision } = await readPricing(database)
    return revision === 0 ? null : pricing
  },
  async write(platform, { visibility }) {
    const { revision } = await readPricing(platform.database, true)
    await savePricing(platform, { visibility, revision: String(revision) })
  },
})

export const configuration = [prices]
