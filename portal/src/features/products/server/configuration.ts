import { configurationPart } from '#platform/server'
import { savePricing as saving, savePreset as savingPreset } from '../core/index.ts'
import { readPreset, savePreset } from './preset.ts'
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

const preset = configurationPart({
  name: 'product-preset',
  title: { 'zh-CN': '默认币种和税', en: 'Usual currency and tax' },
  schema: savingPreset.body!,
  async read({ database }) {
    const { preset, revision } = await readPreset(database)
    return revision === 0 ? null : preset
  },
  async write(platform, preset) {
    const { revision } = await readPreset(platform.database, true)
    await savePreset(platform, { preset, revision: String(revision) })
  },
})

export const configuration = [prices, preset]
