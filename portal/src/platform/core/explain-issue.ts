import type { z } from 'zod'
import type { LocalizedText } from './language.ts'

/** What is wrong with a value and what to do about it, in both languages. */
export interface IssueText {
  message: LocalizedText
  remedy: LocalizedText
}

type Issue = z.core.$ZodIssue

/**
 * A schema's complaint in the reader's words. A rule of one's own says both itself:
 * `.refine(test, { params: { message: { 'zh-CN', en }, remedy: { 'zh-CN', en } } })`.
 */
export function explainIssue(issue: Issue, value: unknown): IssueText {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? missing : wrongType(issue.expected)
    case 'too_small':
      return small(issue)
    case 'too_big':
      return big(issue)
    case 'invalid_format':
      return formats[issue.format] ?? formats.regex!
    case 'not_multiple_of':
      return both(
        `必须是 ${issue.divisor} 的倍数。`,
        `This must be a multiple of ${issue.divisor}.`,
        '请调整数值。',
        'Adjust the number.',
      )
    case 'unrecognized_keys':
      return both(
        `包含未知字段：${issue.keys.join('、')}。`,
        `Unknown fields: ${issue.keys.join(', ')}.`,
        '请删除这些字段。',
        'Remove these fields.',
      )
    case 'invalid_value':
      return both(
        '不是可选值之一。',
        'This is not one of the possible values.',
        `请选择以下之一：${issue.values.map(shown).join('、')}。`,
        `Choose one of: ${issue.values.map(shown).join(', ')}.`,
      )
    case 'invalid_union':
      return value === undefined ? missing : wrongShape
    case 'invalid_key':
    case 'invalid_element':
      return wrongShape
    case 'custom':
      return { ...wrongShape, ...(issue.params as Partial<IssueText> | undefined) }
    default:
      return issue satisfies never
  }
}

const both = (zh: string, en: string, zhRemedy: string, enRemedy: string): IssueText => ({
  message: { 'zh-CN': zh, en },
  remedy: { 'zh-CN': zhRemedy, en: enRemedy },
})

const shown = (value: unknown) => String(value)

const missing = both('此项必填。', 'This is required.', '请填写此项。', 'Fill it in.')
const wrongShape = both('内容不符合要求。', 'This does not have an accepted form.', '请检查并修改。', 'Check it and correct it.')

const types: Record<string, [string, string]> = {
  string: ['文本', 'a text'],
  number: ['数字', 'a number'],
  int: ['整数', 'a whole number'],
  boolean: ['true 或 false', 'true or false'],
  array: ['列表', 'a list'],
  object: ['对象', 'an object'],
  record: ['对象', 'an object'],
  null: ['空值 null', 'null'],
  date: ['日期', 'a date'],
}

function wrongType(expected: string): IssueText {
  const [zh, en] = types[expected] ?? [expected, expected]
  return both(`类型不正确，应为${zh}。`, `This has the wrong type: ${en} is expected.`, `请改为${zh}。`, `Give ${en}.`)
}

function small(issue: Extract<Issue, { code: 'too_small' }>): IssueText {
  const least = Number(issue.minimum)
  switch (issue.origin) {
    case 'string':
      if (least === 1) return missing
      return both(
        `内容太短，至少 ${least} 个字符。`,
        `This is too short: ${least} characters at least.`,
        '请补充内容。',
        'Add to it.',
      )
    case 'array':
    case 'set':
      return both(`至少需要 ${least} 项。`, `At least ${least} needed.`, '请添加。', 'Add more.')
    default:
      return both(
        issue.inclusive === false ? `必须大于 ${least}。` : `不能小于 ${least}。`,
        issue.inclusive === false ? `This must be more than ${least}.` : `This must be ${least} or more.`,
        '请填写更大的数值。',
        'Give a larger number.',
      )
  }
}

function big(issue: Extract<Issue, { code: 'too_big' }>): IssueText {
  const most = Number(issue.maximum)
  switch (issue.origin) {
    case 'string':
      return both(
        `内容太长，最多 ${most} 个字符。`,
        `This is too long: ${most} characters at most.`,
        '请缩短内容。',
        'Shorten it.',
      )
    case 'array':
    case 'set':
      return both(`最多 ${most} 项。`, `At most ${most} allowed.`, '请删减。', 'Remove some.')
    default:
      return both(
        issue.inclusive === false ? `必须小于 ${most}。` : `不能大于 ${most}。`,
        issue.inclusive === false ? `This must be less than ${most}.` : `This must be ${most} or less.`,
        '请填写更小的数值。',
        'Give a smaller number.',
      )
  }
}

const formats: Record<string, IssueText> = {
  email: both(
    '电子邮箱格式不正确。',
    'This is not an e-mail address.',
    '请填写如 name@example.com 的邮箱。',
    'Give one like name@example.com.',
  ),
  url: both(
    '网址格式不正确。',
    'This is not a web address.',
    '请填写以 https:// 开头的网址。',
    'Give one that begins with https://.',
  ),
  uuid: both(
    '编号格式不正确。',
    'This is not a valid identifier.',
    '请从列表或链接重新打开。',
    'Open it again from the list or the link.',
  ),
  datetime: both(
    '日期时间格式不正确。',
    'This is not a date and time.',
    '请使用 2026-05-01T08:00:00Z 格式。',
    'Write it like 2026-05-01T08:00:00Z.',
  ),
  date: both('日期格式不正确。', 'This is not a date.', '请使用 2026-05-01 格式。', 'Write it like 2026-05-01.'),
  regex: both('格式不正确。', 'This does not have the expected format.', '请检查输入。', 'Check what you entered.'),
}
