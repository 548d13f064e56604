import { actorOf, configurationPart } from '#platform/server'
import { saveAnswering as saving } from '../core/index.ts'
import { readAnswering, saveAnswering } from './answering.ts'

const answering = configurationPart({
  name: 'answering',
  title: { 'zh-CN': '答复时限', en: 'Answering leads' },
  schema: saving.body!,
  async read({ database }) {
    const { rule, revision } = await readAnswering(database)
    return revision === 0 ? null : rule
  },
  async write(platform, rule) {
    const { revision } = await readAnswering(platform.database, true)
    await saveAnswering(platform, actorOf(platform), { rule, revision: String(revision) })
  },
})

export const configuration = [answering]
