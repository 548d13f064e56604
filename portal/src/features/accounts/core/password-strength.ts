import type { LocalizedText } from '#platform/core'

/** 0: guessed at once … 4: out of reach */
export type Strength = 0 | 1 | 2 | 3 | 4

/** What it takes to guess a password, as somebody does who knows the common ones and the person. */
export interface Weighed {
  strength: Strength
  /** what is wrong with it and how to mend it; null where it is good enough */
  problem: { message: LocalizedText; remedy: LocalizedText } | null
}

/** Beyond this many characters a password is weighed by its beginning: the work grows with the square. */
const weighed = 48
const longEnough = 3

/**
 * Weighs a password by the library zxcvbn with 49,000 common passwords, loaded when first wanted.
 * words: what belongs to the person or the house and is therefore guessed early: name, company, e-mail address
 */
export async function weighPassword(password: string, words: readonly string[]): Promise<Weighed> {
  scale ??= loadScale()
  const { check, common } = await scale
  const text = password.normalize('NFKC').slice(0, weighed)
  const parts = partsOf(words)
  const { score } = check(text, parts)
  const strength = Math.min(score, isDressed(text, common, parts) ? 1 : 4) as Strength
  return { strength, problem: strength < longEnough ? commonPassword : null }
}

let scale: ReturnType<typeof loadScale> | undefined

async function loadScale() {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  return {
    check: (text: string, parts: string[]) => zxcvbn.check(text, parts),
    common: new Set<string>(dictionary['passwords-common']),
  }
}

/** A common password or a word of the person with digits and signs around it: 'sunshine-2024!!'. */
function isDressed(text: string, common: ReadonlySet<string>, parts: readonly string[]): boolean {
  let bare = text.toLowerCase()
  if (common.has(bare)) return true
  for (const part of parts.toSorted((a, b) => b.length - a.length)) bare = bare.replaceAll(part, '')
  bare = bare.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return [...bare].length < 4 || common.has(bare)
}

/** 'li.lei@hengrui.example' -> li.lei, lei, hengrui …: what is long enough to be worth a guess */
function partsOf(words: readonly string[]): string[] {
  const parts = words.flatMap(word => [word, ...word.split(/[\s@.\-_,]+/)]).map(part => part.toLowerCase().trim())
  return [...new Set(parts)].filter(part => part.length >= (/^[\x20-\x7e]*$/.test(part) ? 3 : 2))
}

const commonPassword = {
  message: {
    'zh-CN': '此密码太常见，或容易从姓名、公司、键盘顺序猜到。',
    en: 'This password is common, or easily guessed from a name, a company or the order of keys.',
  },
  remedy: {
    'zh-CN': '可以用几个互不相关的词组成一句话。',
    en: 'A few words that have nothing to do with each other make a good one.',
  },
}
