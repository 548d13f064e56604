import type { ModelError } from './api.ts'
import type { LocalizedText } from './model.ts'

/**
 * The catalogue: every error the engine can report about a model, a formula, a decision or a selection.
 * One function per code; each says what is wrong and what to do about it.
 */

/** Where the error is: a JSON pointer, and the rule concerned. */
export interface Place {
  path: string
  rule?: string
}

export type Kind =
  | 'option'
  | 'group'
  | 'number group'
  | 'choose-one group'
  | 'root group'
  | 'attribute'
  | 'interface'
  | 'price rule'
  | 'constraint'
  | 'specification field'
  | 'option or group'
  | 'field'
  | 'column'

const kinds: Record<Kind, string> = {
  option: '选项',
  group: '选项组',
  'number group': '数值组',
  'choose-one group': '单选组',
  'root group': '顶层选项组',
  attribute: '属性',
  interface: '接口',
  'price rule': '价格规则',
  constraint: '约束',
  'specification field': '规格字段',
  'option or group': '选项或选项组',
  field: '字段',
  column: '列',
}

export const syntaxError = (at: Place, value: string, message: LocalizedText, remedy: LocalizedText) =>
  error('syntax', at, message, remedy, value)

export const tooLong = (at: Place, length: number, limit: number) =>
  error(
    'too-long',
    at,
    text(`长度为 ${length} 个字符，超过上限 ${limit}。`, `It has ${length} characters; the limit is ${limit}.`),
    text('请拆成几条较短的规则。', 'Split it into several shorter rules.'),
  )

export const tooDeep = (at: Place, limit: number) =>
  error(
    'too-deep',
    at,
    text(`公式嵌套超过 ${limit} 层。`, `The formula is nested more than ${limit} levels deep.`),
    text('请减少括号层数，或拆成几条规则。', 'Remove parentheses, or split the formula into several rules.'),
  )

export const tooMany = (at: Place, what: LocalizedText, count: number, limit: number) =>
  error(
    'too-many',
    at,
    text(`${what['zh-CN']}共 ${count} 个，超过上限 ${limit}。`, `There are ${count} ${what.en}; the limit is ${limit}.`),
    text('请减少数量，或拆分为多个模型。', 'Reduce their number, or split the model.'),
  )

export const unknownReference = (at: Place, kind: Kind, value: string, nearest?: string) =>
  error(
    'unknown-reference',
    at,
    text(`模型中没有名为“${short(value)}”的${kinds[kind]}。`, `The model has no ${kind} named "${short(value)}".`),
    nearest === undefined
      ? text(`请改用模型中已有的${kinds[kind]}，或先添加它。`, `Name ${article(kind)} that the model has, or add this one first.`)
      : text(`您是否想写“${nearest}”？`, `Did you mean "${nearest}"?`),
    value,
  )

export const unknownField = (at: Place, value: string, nearest?: string) =>
  error(
    'unknown-field',
    at,
    text(`这里不允许出现字段“${short(value)}”。`, `The field "${short(value)}" is not allowed here.`),
    nearest === undefined
      ? text('请删除该字段。', 'Remove the field.')
      : text(`您是否想写“${nearest}”？否则请删除该字段。`, `Did you mean "${nearest}"? Otherwise remove it.`),
    value,
  )

export const missingField = (at: Place, field: string) =>
  error(
    'missing-field',
    at,
    text(`缺少字段“${field}”。`, `The field "${field}" is missing.`),
    text(`请补充字段“${field}”。`, `Add the field "${field}".`),
    field,
  )

export const wrongType = (at: Place, value: unknown, expected: LocalizedText) =>
  error(
    'wrong-type',
    at,
    text(`此处应为${expected['zh-CN']}，实际为${shown(value)}。`, `Expected ${expected.en}, got ${shown(value)}.`),
    text(`请改为${expected['zh-CN']}。`, `Change it to ${expected.en}.`),
    shown(value),
  )

export const wrongKind = (at: Place, value: string | undefined, message: LocalizedText, remedy: LocalizedText) =>
  error('wrong-kind', at, message, remedy, value)

export const outOfRange = (
  at: Place,
  value: string | number,
  min: number | string | undefined,
  max: number | string | undefined,
) => {
  const zh = min === undefined ? `不大于 ${max}` : max === undefined ? `不小于 ${min}` : `${min} 到 ${max} 之间`
  const en = min === undefined ? `at most ${max}` : max === undefined ? `at least ${min}` : `from ${min} to ${max}`
  return error(
    'out-of-range',
    at,
    text(`数值 ${short(String(value))} 超出范围。`, `The value ${short(String(value))} is out of range.`),
    text(`请使用${zh}的值。`, `Use a value ${en}.`),
    String(value),
  )
}

export const offGrid = (at: Place, value: number, min: number, max: number, step: number) =>
  error(
    'off-grid',
    at,
    text(`数值 ${value} 不在允许的步进上。`, `The value ${value} is not on the grid of allowed values.`),
    text(`请从 ${min} 起，以 ${step} 为步进取值，最大 ${max}。`, `Use ${min} to ${max} in steps of ${step}.`),
    String(value),
  )

export const tooManyDecimals = (at: Place, value: number, limit: number) =>
  error(
    'too-many-decimals',
    at,
    text(`数值 ${value} 的小数位超过 ${limit} 位。`, `The value ${value} has more than ${digits(limit)} after the point.`),
    text(`请保留至多 ${limit} 位小数。`, `Round it to at most ${digits(limit)} after the point.`),
    String(value),
  )

export const duplicateId = (at: Place, value: string, first: string) =>
  error(
    'duplicate-id',
    at,
    text(`标识“${short(value)}”重复，已在 ${first} 使用。`, `The id "${short(value)}" is used twice; first at ${first}.`),
    text('请为其中一个换一个标识。', 'Give one of the two another id.'),
    value,
  )

export const reservedId = (at: Place, value: string) =>
  error(
    'reserved-id',
    at,
    text(`不能使用“${short(value)}”作为标识。`, `"${short(value)}" cannot be used as an id.`),
    text('该名称为程序保留，请换一个。', 'The name is reserved by the language; choose another.'),
    value,
  )

export const parentCycle = (at: Place, ids: readonly string[]) =>
  error(
    'cycle',
    at,
    text(`上级关系形成循环：${ids.join(' → ')}。`, `The parents form a cycle: ${ids.join(' → ')}.`),
    text('请删除其中一个选项组的 parent。', 'Remove the parent of one of these groups.'),
    ids[0],
  )

export const unitMismatch = (at: Place, left: string, right: string, factor?: string) =>
  error(
    'unit-mismatch',
    at,
    text(
      `单位不一致：${unitName(left, 'zh-CN')} 与 ${unitName(right, 'zh-CN')}。`,
      `Units differ: ${unitName(left, 'en')} and ${unitName(right, 'en')}.`,
    ),
    factor === undefined
      ? text(
          '请为两侧使用相同的单位，或乘以带单位的系数，例如 0.5[kg/mm]。',
          'Use the same unit on both sides, or multiply by a factor with a unit, such as 0.5[kg/mm].',
        )
      : text(
          `请为两侧使用相同的单位，或乘以换算系数 ${factor}。`,
          `Use the same unit on both sides, or multiply one by ${factor}.`,
        ),
    `${left} / ${right}`,
  )

export const empty = (at: Place, what: LocalizedText) =>
  error(
    'empty',
    at,
    text(`${what['zh-CN']}不能为空。`, `${capital(what.en)} must not be empty.`),
    text('请至少填写一项，或删除整条规则。', 'Give at least one entry, or remove the rule.'),
  )

export const notAscending = (at: Place, value: number | string) =>
  error(
    'not-ascending',
    at,
    text(
      '各档的 upTo 必须逐档增大，只有最后一档可以省略。',
      'Each tier must reach further than the one before; only the last may leave upTo out.',
    ),
    text('请按 upTo 从小到大排列各档。', 'Sort the tiers by upTo.'),
    String(value),
  )

export const notEarlier = (at: Place, value: string) =>
  error(
    'not-earlier',
    at,
    text(
      `附加费只能引用排在它前面的价格规则，“${short(value)}”在它之后。`,
      `A surcharge can only name price rules before it; "${short(value)}" is not.`,
    ),
    text('请调整价格规则的顺序。', 'Move that rule before the surcharge.'),
    value,
  )

export const wrongCell = (at: Place, value: unknown, column: string, expected: LocalizedText) =>
  error(
    'wrong-cell',
    at,
    text(`“${short(column)}”列中不能出现 ${shown(value)}。`, `${shown(value)} cannot stand in the column "${short(column)}".`),
    text(`请填写${expected['zh-CN']}，或“*”。`, `Write ${expected.en}, or "*".`),
    shown(value),
  )

/** obstacle: the decision that cannot be and why; none where the example was to be impossible and is not */
export const exampleFails = (
  at: Place,
  name: LocalizedText,
  obstacle: { decision: LocalizedText; because: LocalizedText } | undefined,
) =>
  error(
    'example-fails',
    at,
    obstacle
      ? text(
          `示例“${name['zh-CN']}”应当可选，但“${obstacle.decision['zh-CN']}”选不了：${obstacle.because['zh-CN']}`,
          `The example "${name.en}" should be possible, but "${obstacle.decision.en}" cannot be chosen: ${obstacle.because.en}`,
        )
      : text(
          `示例“${name['zh-CN']}”应当不可选，但没有规则排除它。`,
          `The example "${name.en}" should be impossible, but no rule excludes it.`,
        ),
    obstacle
      ? text('请修改这些规则，或修改示例。', 'Change one of these rules, or the example.')
      : text('请补上缺少的规则，或修改示例。', 'Add the rule that is missing, or change the example.'),
  )

const escaped = (step: string) => step.replace(/~/g, '~0').replace(/\//g, '~1')

/** A JSON pointer; ids may hold any character. */
export function pointer(...steps: (string | number)[]): string {
  return steps.map(step => (/[~/]/.test(String(step)) ? `/${escaped(String(step))}` : `/${step}`)).join('')
}

function error(code: string, at: Place, message: LocalizedText, remedy: LocalizedText, value?: string): ModelError {
  const { path, rule } = at
  return { code, path, ...(rule !== undefined && { rule }), ...(value !== undefined && { value: short(value) }), message, remedy }
}

export function text(zh: string, en: string): LocalizedText {
  return { 'zh-CN': zh, en }
}

function short(value: string): string {
  return value.length > 80 ? `${value.slice(0, 77)}…` : value
}

function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `"${short(value)}"`
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? '[…]' : '{…}'
    default:
      return String(value)
  }
}

function unitName(unit: string, language: keyof LocalizedText): string {
  return unit === '' ? (language === 'en' ? 'no unit' : '无单位') : unit
}

const digits = (count: number) => (count === 1 ? '1 digit' : `${count} digits`)

function article(kind: Kind): string {
  return /^[aeio]/.test(kind) ? `an ${kind}` : `a ${kind}`
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
