import { type Group, type Model, type Option, optionsOf, type Selection } from '@fettle/engine'
import { type Language, type LocalizedText, languages } from '#platform/core'
import { type Finding, upToSome, warning } from './finding.ts'

/**
 * What somebody has probably forgotten: prices, texts, pictures, part numbers, reasons, attributes nothing asks for.
 * What the standard configuration holds is covered by the base price and the base machine's parts. needed: languages it is read in
 */
export function completeness(model: Model, standard: Selection, needed: readonly Language[] = languages): Finding[] {
  const extra = ({ id }: Option) => !Object.hasOwn(standard.options, id)
  // a model that came from elsewhere has no texts or pictures at all, and nobody forgot them
  const written = model.untranslated
    ? []
    : [...texts(model, needed), ...messages(model), ...gaps(model, pictures), ...gaps(model, { ...parts, needed: extra })]
  return [...upToSome(prices(model, extra)), ...written, ...upToSome(attributes(model))]
}

/** Each option of a group of options, with its place. */
function* placed(group: Group, at: number): Generator<{ option: Option; path: string }> {
  for (const [place, option] of optionsOf(group).entries())
    yield { option, path: group.kind === 'yes-no' ? `/groups/${at}/option` : `/groups/${at}/options/${place}` }
}

/** An option has a price where a rule gives it one, be it zero or on request, or where any price rule asks about it. */
function prices({ groups, prices = [] }: Model, extra: (option: Option) => boolean): Finding[] {
  const amounts = prices.filter(rule => rule.kind === 'options')
  if (amounts.length === 0) return []
  const named = new Set([
    ...amounts.flatMap(rule => Object.keys(rule.amounts)),
    ...prices.flatMap(rule => ('of' in rule ? rule.of : [])).flatMap(of => of ?? []),
    ...formulasIn(prices).flatMap(namesIn),
  ])
  const counted = (group: Group) => named.has(group.id) || optionsOf(group).some(({ id }) => named.has(id))
  return groups.flatMap((group, at) =>
    [...placed(group, at)]
      .filter(({ option }) => !named.has(option.id) && !named.has(group.id) && option.visibility !== 'hidden' && extra(option))
      .filter(() => group.kind === 'yes-no' || counted(group))
      .map(({ option, path }) =>
        warning(
          'missing-price',
          { path, name: option.name },
          {
            'zh-CN': `“${group.name['zh-CN']}”中的“${option.name['zh-CN']}”没有价格，按 0 计。`,
            en: `“${option.name.en}” in “${group.name.en}” has no price and counts as 0.`,
          },
          { 'zh-CN': '请填写价格；不另收费填 0，面议填 null。', en: 'Give it a price: 0 if it is included, null if on request.' },
        ),
      ),
  )
}

interface Gap {
  code: string
  has(option: Option): boolean
  /** default: every option */
  needed?(option: Option): boolean
  message(option: LocalizedText, group: LocalizedText): LocalizedText
  remedy: LocalizedText
}

const pictures: Gap = {
  code: 'missing-picture',
  has: ({ media }) => Boolean(media?.image || media?.drawing),
  message: (option, group) => ({
    'zh-CN': `“${group['zh-CN']}”的其他选项有图片，“${option['zh-CN']}”没有。`,
    en: `Other options of “${group.en}” have a picture, “${option.en}” has none.`,
  }),
  remedy: { 'zh-CN': '请补充图片。', en: 'Add a picture.' },
}

const parts: Gap = {
  code: 'missing-part',
  has: ({ part }) => part !== undefined,
  message: (option, group) => ({
    'zh-CN': `“${group['zh-CN']}”的其他选项有物料号，“${option['zh-CN']}”没有，不会出现在物料清单中。`,
    en: `Other options of “${group.en}” have a part number, “${option.en}” has none and will not stand in the bill of materials.`,
  }),
  remedy: { 'zh-CN': '请补充物料号。', en: 'Give it a part number.' },
}

function gaps({ groups }: Model, { code, has, needed = () => true, message, remedy }: Gap): Finding[] {
  const found = groups.flatMap((group, at) => {
    const all = [...placed(group, at)]
    if (!all.some(({ option }) => has(option))) return []
    return all
      .filter(({ option }) => !has(option) && needed(option) && option.visibility !== 'hidden')
      .map(({ option, path }) => warning(code, { path, name: option.name }, message(option.name, group.name), remedy))
  })
  return upToSome(found)
}

function messages({ constraints }: Model): Finding[] {
  const silent = constraints.flatMap(({ id, message }, at) =>
    message
      ? []
      : warning(
          'missing-message',
          { path: `/constraints/${at}`, name: { 'zh-CN': id, en: id } },
          {
            'zh-CN': `规则“${id}”没有说明文字，访客看不到选项被排除的原因。`,
            en: `The rule “${id}” has no message: visitors are not told why it excludes something.`,
          },
          { 'zh-CN': '请用一句话说明此规则。', en: 'Say in one sentence what it demands.' },
        ),
  )
  return upToSome(silent)
}

/** Texts that are empty in one language that is needed, or say the same in both although they are words of one of them. */
function texts(model: Model, needed: readonly Language[]): Finding[] {
  const found: Finding[] = []
  const visit = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return
    if (isLocalized(value)) {
      const missing = missingIn(value)
      if (missing && needed.includes(missing)) found.push(missingText(value, path, missing))
      return
    }
    for (const [key, inner] of Object.entries(value)) visit(inner, `${path}/${key}`)
  }
  visit(model, '')
  return upToSome(found)
}

const isLocalized = (value: object): value is LocalizedText =>
  'zh-CN' in value && 'en' in value && typeof value.en === 'string' && typeof value['zh-CN'] === 'string'

function missingIn({ 'zh-CN': chinese, en }: LocalizedText): 'zh-CN' | 'en' | null {
  if (chinese.trim() === '') return 'zh-CN'
  if (en.trim() === '' || (chinese === en && /\p{Script=Han}/u.test(en))) return 'en'
  // names and codes are the same in both; a sentence is not
  return chinese === en && (en.match(/\b[a-z]{3,}\b/g)?.length ?? 0) >= 2 ? 'zh-CN' : null
}

const missingText = (text: LocalizedText, path: string, language: 'zh-CN' | 'en') => {
  const there = text[language === 'en' ? 'zh-CN' : 'en']
  return warning(
    'missing-text',
    { path, name: { 'zh-CN': there, en: there } },
    {
      'zh-CN': `“${there}”缺少${language === 'en' ? '英文' : '中文'}。`,
      en: `“${there}” has no ${language === 'en' ? 'English' : 'Chinese'} text.`,
    },
    { 'zh-CN': '请补充译文。', en: 'Add the translation.' },
  )
}

function attributes(model: Model): Finding[] {
  const named = new Set(formulasIn(model).flatMap(namesIn))
  return model.attributes.flatMap(({ id, name }, at) =>
    named.has(id)
      ? []
      : warning(
          'unused-attribute',
          { path: `/attributes/${at}`, name },
          {
            'zh-CN': `属性“${name['zh-CN']}”没有任何公式使用。`,
            en: `No formula asks for the attribute “${name.en}”.`,
          },
          { 'zh-CN': '请在规则或规格中使用它，或删除它。', en: 'Use it in a rule or a specification field, or remove it.' },
        ),
  )
}

const formulaFields = new Set(['when', 'if', 'then', 'formula', 'quantity'])

/** Every formula below a value, as written. */
function formulasIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (formulaFields.has(key) ? [inner] : []) : formulasIn(inner),
  )
}

/** The names in a formula; words of the language are among them and do no harm. */
const namesIn = (formula: string): string[] =>
  [...formula.matchAll(/"([^"]*)"|[\p{L}\p{N}_]+/gu)].map(([word, quoted]) => quoted ?? word)
