import { z } from 'zod'
import { keyShape } from './device-type.ts'

const missing = (zh: string, en: string) => ({
  message: { 'zh-CN': `缺少${zh}。`, en: `The ${en} is missing.` },
  remedy: { 'zh-CN': `请填写${zh}。`, en: `Give the ${en}.` },
})
const filled = (zh: string, en: string, most = 80) =>
  z
    .string()
    .trim()
    .max(most)
    .refine(text => text !== '', { params: missing(zh, en) })
/** What people read, in both languages. */
export const name = z.strictObject({ 'zh-CN': filled('中文名称', 'Chinese name'), en: filled('英文名称', 'English name') })

const wrongKey = {
  message: { 'zh-CN': '标识格式不对。', en: 'This is not a key.' },
  remedy: {
    'zh-CN': '请用小写字母开头，只含小写字母、数字和下划线，最多 40 个字符，如 spindle_speed。',
    en: 'Begin with a small letter and use small letters, digits and underscores, 40 at most: spindle_speed.',
  },
}
/** What machines and programs use. */
export const key = z
  .string()
  .trim()
  .refine(text => keyShape.test(text), { params: wrongKey })
