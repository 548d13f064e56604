import { type LocalizedText, type Model, optionsOf } from '@fettle/engine'
import { formatMoney, formatNumber, formatUnit, type Language } from '#platform/core'

/** One thing a part of a model says. */
export interface Fact {
  /** what the value is of */
  label: LocalizedText
  /** as a reader sees it; asked for only where it is told, since most of a model stays as it was */
  shown(): LocalizedText
  /** as it is compared */
  raw: string
}

/** Puts values of one model in words: names for ids, amounts with their currency. */
export interface Writer {
  reference(id: string): LocalizedText
  formula(text: string): LocalizedText
  amount(minor: number | null): LocalizedText
  attribute(id: string, value: number): LocalizedText
}

export function writerOf(model: Model): Writer {
  const names = new Map<string, LocalizedText>()
  for (const { id, name } of [...model.attributes, ...(model.interfaces ?? []), ...model.groups]) names.set(id, name)
  for (const group of model.groups) for (const { id, name } of optionsOf(group)) names.set(id, name)
  const units = new Map(model.attributes.map(({ id, unit, decimals }) => [id, { unit, decimals }]))
  return {
    reference: id => names.get(id) ?? same(id),
    formula: text => {
      const named = (language: Language) =>
        text.replace(/"([^"]*)"|[\p{L}\p{N}_]+/gu, (word, quoted) => {
          const name = names.get(quoted ?? word)?.[language]
          return name === undefined ? word : language === 'en' ? `‘${name}’` : `「${name}」`
        })
      return inBoth(named)
    },
    amount: minor =>
      minor === null ? { 'zh-CN': '面议', en: 'on request' } : inBoth(language => formatMoney(minor, model.currency, language)),
    attribute: (id, value) => {
      const { unit, decimals } = units.get(id) ?? {}
      return inBoth(language => formatNumber(value, language, decimals) + (unit ? ` ${formatUnit(unit, language)}` : ''))
    },
  }
}

/** Everything an object of a model says, fact by fact: texts by language, tables by row, prices by option. */
export function factsOf(value: object, write: Writer, skip: readonly string[]): Map<string, Fact> {
  const facts = new Map<string, Fact>()
  const note = (key: string, label: LocalizedText, shown: Fact['shown'], raw: unknown) =>
    facts.set(key, { label, shown, raw: canonical(raw) })
  for (const [key, inner] of Object.entries(value)) {
    if (skip.includes(key) || inner === undefined) continue
    const label = labels[key] ?? same(key)
    if (isLocalized(inner)) {
      note(`${key} zh-CN`, tagged(label, '中文', 'Chinese'), () => same(inner['zh-CN']), inner['zh-CN'])
      note(`${key} en`, tagged(label, '英文', 'English'), () => same(inner.en), inner.en)
    } else if (perId.has(key) && isRecord(inner))
      for (const [id, one] of Object.entries(inner))
        note(`${key} ${id}`, entryLabel(key, id, write), () => entryText(key, id, one, write), one)
    else if (key === 'rows' && Array.isArray(inner))
      for (const [row, place] of numbered(inner)) note(`row ${canonical(row)} ${place}`, label, () => rowText(row, write), row)
    else note(key, label, () => textOf(key, inner, write), inner)
  }
  return facts
}

const perId = new Set(['attributes', 'offers', 'takes', 'amounts', 'media'])

function entryLabel(key: string, id: string, write: Writer): LocalizedText {
  if (key === 'media') return labels[id] ?? same(id)
  const name = write.reference(id)
  const prefix = key === 'offers' ? labels.offers! : key === 'takes' ? labels.takes! : null
  return prefix ? inBoth(language => `${prefix[language]} ${name[language]}`) : name
}

function entryText(key: string, id: string, value: unknown, write: Writer): LocalizedText {
  if (key === 'amounts' && (value === null || typeof value === 'number')) return write.amount(value)
  if (key === 'attributes' && typeof value === 'number') return write.attribute(id, value)
  return textOf(id, value, write)
}

/** Rows with how often the same stood before: a row given twice is two facts. */
function* numbered(rows: readonly unknown[]): Generator<[row: unknown, place: number]> {
  const seen = new Map<string, number>()
  for (const row of rows) {
    const key = canonical(row)
    const place = seen.get(key) ?? 0
    seen.set(key, place + 1)
    yield [row, place]
  }
}

function rowText(row: unknown, write: Writer): LocalizedText {
  if (!Array.isArray(row)) return same(canonical(row))
  return inBoth(language => row.map(cell => listText(cell, write, language, ' / ')).join(' · '))
}

const formulas = new Set(['when', 'if', 'then', 'formula', 'quantity'])
const references = new Set(['parent', 'section', 'group', 'inGroup', 'of', 'interface', 'options', 'columns'])

function textOf(key: string, value: unknown, write: Writer): LocalizedText {
  if (key === 'expect' && typeof value === 'string') return expectations[value] ?? same(value)
  if (typeof value === 'boolean') return value ? { 'zh-CN': '是', en: 'yes' } : { 'zh-CN': '否', en: 'no' }
  if (typeof value === 'string')
    return references.has(key) ? write.reference(value) : formulas.has(key) ? write.formula(value) : same(value)
  if (typeof value === 'number') return key === 'amount' ? write.amount(value) : inBoth(language => formatNumber(value, language))
  if (key === 'tiers' && Array.isArray(value)) return tiersText(value, write)
  if (key === 'decisions' && Array.isArray(value))
    return inBoth(language => value.map(one => decisionText(one, write)[language]).join(' · '))
  if (key === 'objectives' && Array.isArray(value))
    return inBoth(language => value.map(one => objectiveText(one, write)[language]).join(' · '))
  if (key === 'quantity' && isRecord(value))
    return inBoth(language => `${listText(value, write, language)}${stepText(value.step, language)}`)
  if (key === 'tax' && isRecord(value) && isLocalized(value.name)) {
    const { name, percent } = value
    return inBoth(language => `${name[language]} ${String(percent)} %`)
  }
  return inBoth(language => listText(value, write, language))
}

const expectations: Record<string, LocalizedText> = {
  possible: { 'zh-CN': '可行', en: 'possible' },
  impossible: { 'zh-CN': '不可行', en: 'impossible' },
}

const stepText = (step: unknown, language: Language) =>
  step === undefined ? '' : language === 'en' ? `, step ${String(step)}` : `，步进 ${String(step)}`

function tiersText(tiers: unknown[], write: Writer): LocalizedText {
  return inBoth(language =>
    tiers
      .map(tier => {
        if (!isRecord(tier) || typeof tier.amount !== 'number') return canonical(tier)
        const reach = typeof tier.upTo === 'number' ? `≤ ${formatNumber(tier.upTo, language)}` : '…'
        return `${reach}: ${write.amount(tier.amount)[language]}`
      })
      .join(' · '),
  )
}

function decisionText(decision: unknown, write: Writer): LocalizedText {
  if (!isRecord(decision)) return same(canonical(decision))
  const name = write.reference(String(decision.option ?? decision.number))
  const value = decision.value ?? decision.quantity
  if (value !== undefined) return inBoth(language => `${name[language]} ${String(value)}`)
  return decision.chosen === false ? inBoth(language => (language === 'en' ? `not ${name.en}` : `不选${name['zh-CN']}`)) : name
}

function objectiveText(objective: unknown, write: Writer): LocalizedText {
  if (!isRecord(objective) || typeof objective.of !== 'string') return same(canonical(objective))
  const of = write.formula(objective.of)
  const least = objective.goal === 'least'
  return { 'zh-CN': `${of['zh-CN']} ${least ? '最小' : '最大'}`, en: `${least ? 'least' : 'greatest'} ${of.en}` }
}

/** A cell, a list of ids, a range, or whatever else there is. */
function listText(value: unknown, write: Writer, language: Language, separator = language === 'en' ? ', ' : '、'): string {
  if (Array.isArray(value)) return value.map(one => listText(one, write, language)).join(separator)
  if (typeof value === 'string') return write.reference(value)[language]
  if (typeof value === 'number') return formatNumber(value, language)
  if (typeof value === 'boolean') return textOf('', value, write)[language]
  if (isRecord(value) && ('min' in value || 'max' in value)) return `${String(value.min ?? '…')} – ${String(value.max ?? '…')}`
  return canonical(value)
}

const labels: Record<string, LocalizedText> = {
  modelId: { 'zh-CN': '模型标识', en: 'model id' },
  name: { 'zh-CN': '名称', en: 'name' },
  description: { 'zh-CN': '说明', en: 'description' },
  help: { 'zh-CN': '说明', en: 'help' },
  use: { 'zh-CN': '用途', en: 'use' },
  message: { 'zh-CN': '规则说明', en: 'message' },
  version: { 'zh-CN': '版本', en: 'version' },
  currency: { 'zh-CN': '币种', en: 'currency' },
  untranslated: { 'zh-CN': '未翻译', en: 'untranslated' },
  tax: { 'zh-CN': '税', en: 'tax' },
  typeCode: { 'zh-CN': '型号编码', en: 'type code' },
  unit: { 'zh-CN': '单位', en: 'unit' },
  decimals: { 'zh-CN': '小数位', en: 'decimals' },
  kind: { 'zh-CN': '类型', en: 'kind' },
  optional: { 'zh-CN': '可不选', en: 'optional' },
  min: { 'zh-CN': '最少', en: 'minimum' },
  max: { 'zh-CN': '最多', en: 'maximum' },
  step: { 'zh-CN': '步进', en: 'step' },
  parent: { 'zh-CN': '属于选项', en: 'belongs to' },
  section: { 'zh-CN': '所在步骤', en: 'shown in step' },
  inGroup: { 'zh-CN': '所在组', en: 'group' },
  offers: { 'zh-CN': '提供', en: 'offers' },
  takes: { 'zh-CN': '占用', en: 'takes' },
  quantity: { 'zh-CN': '数量', en: 'quantity' },
  image: { 'zh-CN': '图片', en: 'picture' },
  drawing: { 'zh-CN': '图形', en: 'drawing' },
  visibility: { 'zh-CN': '可见性', en: 'visibility' },
  code: { 'zh-CN': '编码', en: 'code' },
  part: { 'zh-CN': '物料号', en: 'part number' },
  when: { 'zh-CN': '条件', en: 'condition' },
  if: { 'zh-CN': '如果', en: 'if' },
  then: { 'zh-CN': '那么', en: 'then' },
  formula: { 'zh-CN': '公式', en: 'formula' },
  options: { 'zh-CN': '选项', en: 'options' },
  columns: { 'zh-CN': '列', en: 'columns' },
  rows: { 'zh-CN': '行', en: 'row' },
  mode: { 'zh-CN': '方式', en: 'mode' },
  interface: { 'zh-CN': '接口', en: 'interface' },
  amount: { 'zh-CN': '金额', en: 'amount' },
  of: { 'zh-CN': '针对', en: 'of' },
  tiers: { 'zh-CN': '分档', en: 'tiers' },
  percent: { 'zh-CN': '百分比', en: 'percent' },
  chosen: { 'zh-CN': '选中', en: 'chosen' },
  not: { 'zh-CN': '不选', en: 'not chosen' },
  objectives: { 'zh-CN': '目标', en: 'objectives' },
  value: { 'zh-CN': '数值', en: 'value' },
  group: { 'zh-CN': '组', en: 'group' },
  headline: { 'zh-CN': '始终显示', en: 'always shown' },
  role: { 'zh-CN': '用途', en: 'role' },
  decisions: { 'zh-CN': '选择', en: 'decisions' },
  expect: { 'zh-CN': '预期', en: 'expected' },
}

/** JSON with its keys in order: what says the same is the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isLocalized = (value: unknown): value is LocalizedText =>
  isRecord(value) && typeof value['zh-CN'] === 'string' && typeof value.en === 'string'
const same = (text: string): LocalizedText => ({ 'zh-CN': text, en: text })
const inBoth = (say: (language: Language) => string): LocalizedText => ({ 'zh-CN': say('zh-CN'), en: say('en') })
const tagged = (label: LocalizedText, chinese: string, english: string): LocalizedText => ({
  'zh-CN': `${label['zh-CN']}（${chinese}）`,
  en: `${label.en} (${english})`,
})
