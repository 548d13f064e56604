import { configurationPart } from '#platform/server'
import { saveRetention as saving } from '../../core/index.ts'
import { readTerm, saveRetention } from './retention.ts'

const retention = configurationPart({
  name: 'reading-retention',
  title: { 'zh-CN': '测量值的保留', en: 'How long readings are kept' },
  schema: saving.body!,
  async read(platform) {
    const { months, next, revision } = await readTerm(platform)
    return revision === 1 ? null : { months: next?.months ?? months }
  },
  async write(platform, { months }) {
    const { revision } = await readTerm(platform, true)
    await saveRetention(platform, { months, revision: String(revision) })
  },
})

export const configuration = [retention]
