import type { LocalizedText } from '#platform/core'
import type { Kept, PersonalTable } from '#platform/server'
import type { Declarations } from '../core/index.ts'

/** The declared tables as people are told of them. */
export const presentDeclarations = (tables: readonly PersonalTable[]): Declarations => ({
  items: tables.flatMap(({ about, why, kept, personal }) =>
    about && why
      ? [
          {
            about,
            why,
            kept: keptText(kept),
            fields: fieldsOf(personal).map(({ what, protection }) => ({ what, protection })),
          },
        ]
      : [],
  ),
})

/** Digests are other fields of the row once more, to be found by, unless the row has nothing else. */
function fieldsOf(personal: PersonalTable['personal']) {
  const fields = Object.values(personal)
  const beside = fields.filter(({ protection }) => protection !== 'digest')
  return beside.length > 0 ? beside : fields
}

/** How long, in words. */
export function keptText(kept: Kept): LocalizedText {
  switch (kept.rule) {
    case 'with':
      return withOwner[kept.owner]
    case 'days':
    case 'by-job':
      return { 'zh-CN': `${kept.days} 天`, en: kept.days === 1 ? 'a day' : `${kept.days} days` }
    case 'closed':
      return {
        'zh-CN': `事项结束后 ${kept.days / 365} 年，之后去除个人信息`,
        en: `${kept.days / 365} years after the matter was closed; then what is personal is taken out`,
      }
    case 'always':
      return {
        'zh-CN': '长期；删除时销毁本人密钥，其中的个人信息无法再读取',
        en: 'for good; when a person is erased, the key to what tells of him is destroyed',
      }
    default:
      return kept satisfies never
  }
}

const withOwner: Record<Extract<Kept, { rule: 'with' }>['owner'], LocalizedText> = {
  account: { 'zh-CN': '与账户同在，删除账户时删除', en: 'as long as the account; deleted with it' },
  contact: { 'zh-CN': '与询价同在', en: 'as long as the inquiry' },
  portal: { 'zh-CN': '与门户同在', en: 'as long as the portal' },
}
