/** A formula of the product form as it is written. Of names nothing is known yet. */
export type Formula =
  | { is: 'number'; text: string }
  | { is: 'truth'; value: boolean }
  | { is: 'name'; name: string; attribute?: string }
  | { is: 'call'; of: string; names: string[] }
  | { is: 'prefix'; sign: '!' | '-'; operand: Formula }
  | { is: 'infix'; sign: string; left: Formula; right: Formula }

/** How tightly a sign binds: the table of the guide to the product form, weakest first. */
const strength: Record<string, number> = {
  '<=>': 1,
  '=>': 2,
  '|': 3,
  '&': 4,
  '<': 6,
  '<=': 6,
  '>': 6,
  '>=': 6,
  '==': 6,
  '!=': 6,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
}
/** A "!" takes a whole comparison, a minus what stands right behind it. */
const prefixStrength = { '!': 5, '-': 9 } as const
const functions = new Set(['sum', 'max', 'min', 'count', 'offered', 'taken'])

/**
 * Reads a formula by the strength of its signs. Written for the recomputation alone, from the guide: it shares nothing with the engine's
 * reader, so that the two can disagree. Throws where it does not understand.
 */
export function readFormulaText(text: string): Formula {
  const words = wordsOf(text)
  let at = 0
  const whole = reach(0)
  if (at < words.length) throw new Error(`"${words[at]}" is not expected in: ${text}`)
  return whole

  function reach(least: number): Formula {
    let left = begin()
    for (;;) {
      const sign = words[at] ?? ''
      const binds = strength[sign] ?? -1
      if (binds < Math.max(1, least)) return left
      at++
      // "a => b => c" is a => (b => c); everything else counts from the left
      left = { is: 'infix', sign, left, right: reach(sign === '=>' ? binds : binds + 1) }
    }
  }

  function begin(): Formula {
    const word = words[at++]
    if (word === undefined) throw new Error(`Ends too early: ${text}`)
    if (word === '!' || word === '-') return { is: 'prefix', sign: word, operand: reach(prefixStrength[word]) }
    if (word === '(') {
      const inner = reach(0)
      expectWord(')')
      return inner
    }
    if (/^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(word)) return { is: 'number', text: word }
    if (word === 'true' || word === 'false') return { is: 'truth', value: word === 'true' }
    if (words[at] === '(' && functions.has(word)) return call(word)
    if (words[at] !== '.') return { is: 'name', name: nameIn(word) }
    at++
    return { is: 'name', name: nameIn(word), attribute: nameIn(words[at++] ?? '') }
  }

  function call(of: string): Formula {
    const names: string[] = []
    do {
      at++
      names.push(nameIn(words[at++] ?? ''))
    } while (words[at] === ',')
    expectWord(')')
    return { is: 'call', of, names }
  }

  function expectWord(word: string): void {
    if (words[at++] !== word) throw new Error(`"${word}" is missing in: ${text}`)
  }
}

/** Units in brackets convert nothing and are left out. A name may begin with a digit, as 3d does. */
function wordsOf(text: string): string[] {
  const found =
    text.match(/\[[^\]]*\]|"(?:[^"\\]|\\.)*"|<=>|=>|<=|>=|==|!=|\d+\.\d+(?:[eE][+-]?\d+)?|[\p{L}\p{M}\p{N}_]+|\S/gu) ?? []
  return found.filter(word => !word.startsWith('['))
}

function nameIn(word: string): string {
  if (word.startsWith('"')) return word.slice(1, -1).replace(/\\(.)/gs, '$1')
  if (!/^[\p{L}\p{M}\p{N}_]+$/u.test(word)) throw new Error(`"${word}" is no name`)
  return word
}
