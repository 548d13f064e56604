import { inBothLanguages } from '#platform/core'
import { configurationPart } from '#platform/server'
import { saveNoticeDraft } from '../core/index.ts'
import { currentNotice, readDraft, sameText, saveDraft } from './notice.ts'

/** The text moves as a draft: from when on it holds, and what is new in it, somebody has to say there. */
const notice = configurationPart({
  name: 'privacy-notice',
  title: { 'zh-CN': '隐私说明', en: 'Privacy notice' },
  schema: saveNoticeDraft.body!.transform(({ text }) => ({ text: inBothLanguages(text) })),
  async read({ database }) {
    const { draft, revision } = await readDraft(database)
    return revision === 0 ? null : { text: draft.text }
  },
  async write(platform, { text }) {
    const { revision } = await readDraft(platform.database)
    await saveDraft(platform, { text, revision: String(revision) })
  },
  async byHand({ database }, { text }) {
    if (sameText((await currentNotice(database)).text, text)) return []
    return [
      {
        'zh-CN': '隐私说明作为草稿导入，请在“门户设置 → 隐私说明”中发布。',
        en: 'The privacy notice comes as a draft: publish it under Settings, Privacy notice.',
      },
    ]
  },
})

export const configuration = [notice]
